package dev.gatehouse.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.AmbiguousTargets;
import dev.gatehouse.servers.app.RestApplication;
import java.io.File;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;
import org.junit.jupiter.api.Test;

/** Set-ups that once left an application open without a word, on Payara Micro. */
class OpenStartIT {
  private static final String PROTECTED = "protected";
  private static final String FILE =
      """
      routes:
        - { uris: [/orders/*], plugins: { key-auth: {} } }
      consumers:
        - { username: acme, credentials: [{ name: main, plugins: { key-auth: { key: acme-key } } }] }
      """;
  private static final String NAMES =
      """
      <absolute-ordering>
        <name>gatehouse</name><name>gatehouse-cdi</name><others/>
      </absolute-ordering>
      """;
  private static final String FILTER =
      """
      <filter>
        <filter-name>views</filter-name>
        <filter-class>dev.gatehouse.servlet.ConsumerFilter</filter-class>
        <init-param><param-name>key-auth</param-name><param-value>{}</param-value></init-param>
      </filter>
      <filter-mapping>
        <filter-name>views</filter-name>
        <url-pattern>/rest/views/*</url-pattern>
      </filter-mapping>
      """;

  @Test
  void configOfASystemProperty_namedFragmentsAndRoutesOfWebXml_protect() throws Exception {
    Path config = Files.writeString(SampleWar.freshDirectory("config").resolve("r.yaml"), FILE);
    try (MicroServer server =
        MicroServer.start(
            MicroServer.freePort(),
            List.of("-Dgatehouse.config=file://" + config),
            List.of("--nohazelcast"),
            file(war("property", "gatehouse-filter")),
            file(war("named", "gatehouse-cdi-extension").setWebXML(webXml(NAMES))),
            file(
                war("views", "gatehouse-filter")
                    .addClasses(RestApplication.class, PingResource.class)
                    .setWebXML(webXml(FILTER))))) {
      Client client = new Client(server.base());
      for (String application : List.of("/property", "/named")) {
        assertEquals(401, client.get(application + "/orders/").statusCode(), server::log);
        assertFalse(client.get(application + "/orders/").body().contains(PROTECTED));
        assertEquals(PROTECTED, client.get(application + "/orders/", "apikey", "acme-key").body());
      }
      String resource = "/views/rest/views";
      String served = client.get(resource, "apikey", "acme-key").body();
      assertTrue(served.contains(PROTECTED), served);
      for (String target : AmbiguousTargets.of(resource)) {
        assertFalse(client.raw(RawRequest.get(target, "a: b")).contains(PROTECTED), target);
      }
      assertTrue(server.log().contains("Gatehouse started: routes in the file=1"), server::log);
    }
  }

  /**
   * Payara starts it, runs no initializer of Gatehouse and gives CDI no context: it answers 200 to
   * all.
   */
  @Test
  void orderingThatExcludesOurInitializer_servesNothing() throws Exception {
    WebArchive ordered =
        war("ordered", "gatehouse-cdi-extension")
            .addAsWebInfResource(new StringAsset(FILE), "gatehouse.yaml")
            .setWebXML(webXml("<absolute-ordering/>"));
    WebArchive control =
        war("control", "gatehouse-cdi-extension")
            .addAsWebInfResource(new StringAsset(FILE), "gatehouse.yaml");
    try (MicroServer server = MicroServer.start(file(control), file(ordered))) {
      Client client = new Client(server.base());
      assertEquals(PROTECTED, client.get("/control/orders/", "apikey", "acme-key").body());
      for (String path : List.of("/ordered/orders/", "/ordered/other")) {
        assertFalse(client.get(path).body().contains(PROTECTED), server::log);
        assertFalse(client.get(path, "apikey", "acme-key").body().contains(PROTECTED));
      }
      assertTrue(server.log().contains("excludes the initializer of Gatehouse"), server::log);
    }
  }

  @Test
  void fileUnderAnotherName_doesNotStart() throws Exception {
    WebArchive wrong =
        war("wrong", "gatehouse-filter")
            .addAsWebInfResource(new StringAsset(FILE), "gatehouse.yml");
    assertDoesNotStart(wrong, "/WEB-INF/gatehouse.yml: is not read");
  }

  /** The control comes first: Payara starts no further application after one that failed. */
  private static void assertDoesNotStart(WebArchive wrong, String words) throws Exception {
    WebArchive control =
        war("control", "gatehouse-filter")
            .addAsWebInfResource(new StringAsset(FILE), "gatehouse.yaml");
    try (MicroServer server = MicroServer.start(file(control), file(wrong))) {
      Client client = new Client(server.base());
      assertEquals(PROTECTED, client.get("/control/orders/", "apikey", "acme-key").body());
      HttpResponse<String> nothing = client.get("/wrong/orders/");
      assertFalse(nothing.body().contains(PROTECTED), server::log);
      assertEquals(404, nothing.statusCode(), server::log);
      assertTrue(server.log().contains(words), server::log);
    }
  }

  private static WebArchive war(String name, String artifact) {
    File[] jars =
        Maven.configureResolver()
            .workOffline()
            .loadPomFromFile("pom.xml")
            .resolve("dev.gatehouse:" + artifact)
            .withTransitivity()
            .asFile();
    return ShrinkWrap.create(WebArchive.class, name + ".war")
        .addClass(ProtectedServlet.class)
        .addAsLibraries(jars);
  }

  private static StringAsset webXml(String content) {
    return new StringAsset(
        "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">"
            + content
            + "</web-app>");
  }

  private static Path file(WebArchive war) {
    Path file = SampleWar.freshDirectory("open-start").resolve(war.getName());
    war.as(ZipExporter.class).exportTo(file.toFile(), true);
    return file;
  }
}
