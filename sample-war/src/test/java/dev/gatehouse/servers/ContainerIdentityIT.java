package dev.gatehouse.servers;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.sample.Client;
import dev.gatehouse.sample.MicroServer;
import dev.gatehouse.servers.beside.ApplicationLogin;
import dev.gatehouse.servers.identity.CallerBean;
import dev.gatehouse.servers.identity.ContextBean;
import dev.gatehouse.servers.identity.PrincipalBean;
import dev.gatehouse.servers.identity.ReadersBean;
import dev.gatehouse.servers.identity.ReadersBeanServlet;
import dev.gatehouse.servers.identity.ReadersResource;
import dev.gatehouse.servers.identity.ReadersServlet;
import dev.gatehouse.servers.identity.RequestResource;
import dev.gatehouse.servers.identity.RoleListener;
import dev.gatehouse.servers.identity.WitnessServlet;
import dev.gatehouse.servers.unenforced.PlainApplication;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Which applications get the authentication mechanism by themselves, on Payara Micro. */
class ContainerIdentityIT {
  private static final String KEY = "apikey";
  private static final String ACME = "acme-identity-key";
  private static final String READER = "reader-identity-key";

  private static final String YAML =
      """
      routes:
        - { uris: [/*], plugins: { key-auth: {} } }
      consumers:
        - username: acme
          credentials: [{ name: main, plugins: { key-auth: { key: acme-identity-key } } }]
        - username: rita
          labels: { roles: "reader" }
          credentials: [{ name: main, plugins: { key-auth: { key: reader-identity-key } } }]
      """;
  private static final String CONSTRAINT =
      """
      <security-role><role-name>reader</role-name></security-role>
      <security-constraint>
        <web-resource-collection>
          <web-resource-name>readers</web-resource-name><url-pattern>/readers</url-pattern>
        </web-resource-collection>
        <auth-constraint><role-name>reader</role-name></auth-constraint>
      </security-constraint>
      """;
  private static final String TRANSPORT =
      """
      <security-role><role-name>reader</role-name></security-role>
      <security-constraint>
        <web-resource-collection>
          <web-resource-name>all</web-resource-name><url-pattern>/elsewhere/*</url-pattern>
        </web-resource-collection>
        <user-data-constraint>
          <transport-guarantee>CONFIDENTIAL</transport-guarantee>
        </user-data-constraint>
      </security-constraint>
      """;
  private static final List<String> ASKING =
      List.of("rest", "servlet", "bean", "caller", "context", "principal", "roles", "own", "xml");

  @Test
  void applicationThatDoesNotAsk_isServedByTheRequestAlone() throws Exception {
    WebArchive rest = war("plain").addClasses(PlainApplication.class, RequestResource.class);
    WebArchive always = war("always");
    setWebXml(always, context("true"));
    WebArchive never = war("never").addClasses(PlainApplication.class, ReadersResource.class);
    setWebXml(never, context("false"));
    WebArchive transport = war("transport");
    setWebXml(transport, TRANSPORT);
    try (MicroServer server =
        MicroServer.start(file(rest), file(always), file(never), file(transport))) {
      Client client = new Client(server.base());
      for (String name : List.of("plain", "never", "transport")) {
        assertEquals(
            "request=rita reader=true injected=rita container=nobody",
            client.get('/' + name + "/witness", KEY, READER).body(),
            server::log);
        assertEquals(401, client.get('/' + name + "/witness").statusCode());
      }
      assertEquals("rita true", client.get("/plain/rest/caller", KEY, READER).body());
      assertEquals(
          "request=acme reader=false injected=acme container=acme",
          client.get("/always/witness", KEY, ACME).body());
      assertTrue(
          server.log().contains("identity=off (nothing asks the container for the caller)"),
          server::log);
      assertTrue(server.log().contains("container identity=on, listeners"), server::log);
    }
  }

  @Test
  void applicationThatAsks_getsTheMechanism_andItsRolesAreEnforced() throws Exception {
    WebArchive constrained = war("xml").addAsWebResource(new StringAsset("protected"), "readers");
    setWebXml(constrained, CONSTRAINT);
    try (MicroServer server =
        MicroServer.start(
            file(war("rest").addClasses(PlainApplication.class, ReadersResource.class)),
            file(war("servlet").addClass(ReadersServlet.class)),
            file(war("bean").addClasses(ReadersBean.class, ReadersBeanServlet.class)),
            file(war("caller").addClass(CallerBean.class)),
            file(war("context").addClass(ContextBean.class)),
            file(war("principal").addClass(PrincipalBean.class)),
            file(war("roles").addClass(RoleListener.class)),
            file(war("own").addClass(ApplicationLogin.class)),
            file(constrained))) {
      Client client = new Client(server.base());
      assertAll(ASKING.stream().map(name -> known(client, name)));
      assertAll(
          Stream.of("/rest/rest/readers", "/servlet/readers", "/bean/readers", "/xml/readers")
              .map(path -> readersOnly(client, path)));
    }
  }

  private static Executable known(Client client, String application) {
    String path = '/' + application + "/witness";
    return () -> {
      assertEquals(
          "request=rita reader=true injected=rita container=rita",
          client.get(path, KEY, READER).body(),
          path);
      refused(client.get(path), 401, path);
      refused(client.get(path, KEY, "wrong"), 401, path);
    };
  }

  private static Executable readersOnly(Client client, String path) {
    return () -> {
      assertEquals("protected", client.get(path, KEY, READER).body(), path);
      refused(client.get(path, KEY, ACME), 403, path);
      refused(client.get(path), 401, path);
      refused(client.get(path, KEY, "wrong"), 401, path);
    };
  }

  private static void refused(HttpResponse<String> answer, int status, String path) {
    assertEquals(status, answer.statusCode(), path);
    assertFalse(answer.body().contains("protected"), path);
  }

  private static String context(String value) {
    return "<context-param><param-name>gatehouse.container-identity</param-name><param-value>"
        + value
        + "</param-value></context-param>";
  }

  private static void setWebXml(WebArchive war, String content) {
    war.setWebXML(
        new StringAsset(
            "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">"
                + content
                + "</web-app>"));
  }

  private static WebArchive war(String name) {
    return ShrinkWrap.create(WebArchive.class, name + ".war")
        .addClass(WitnessServlet.class)
        .addAsLibraries(
            Maven.configureResolver()
                .workOffline()
                .loadPomFromFile("pom.xml")
                .resolve("dev.gatehouse:gatehouse-cdi-extension")
                .withTransitivity()
                .asFile())
        .addAsWebInfResource(
            new StringAsset("<beans bean-discovery-mode=\"annotated\"/>"), "beans.xml")
        .addAsWebInfResource(new StringAsset(YAML), "gatehouse.yaml");
  }

  private static Path file(WebArchive war) throws Exception {
    Path directory = Files.createDirectories(Path.of("target/it").toAbsolutePath());
    Path file = Files.createTempDirectory(directory, "archive-").resolve(war.getName());
    war.as(ZipExporter.class).exportTo(file.toFile());
    return file;
  }
}
