package dev.gatehouse.servers;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.sample.Client;
import dev.gatehouse.sample.MicroServer;
import dev.gatehouse.servers.unenforced.AnnotatedApplication;
import dev.gatehouse.servers.unenforced.Delivered;
import dev.gatehouse.servers.unenforced.DeliveredServlet;
import dev.gatehouse.servers.unenforced.Delivery;
import dev.gatehouse.servers.unenforced.LateServlet;
import dev.gatehouse.servers.unenforced.LocatorResource;
import dev.gatehouse.servers.unenforced.OpenResource;
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

/** Annotations that need a full server, on Payara Micro. */
class AnnotationsIT {
  private static final String KEY = "apikey";
  private static final String ACME = "acme-beans-key";
  private static final String BOSS = "boss-beans-key";

  private static final String YAML =
      """
      routes:
        - uris: ["/seen/*", "/rest/seen"]
          plugins: { key-auth: { hide_credentials: true } }
      consumers:
        - username: acme
          labels: { roles: "reader" }
          credentials: [{ name: main, plugins: { key-auth: { key: acme-beans-key } } }]
        - username: boss
          labels: { roles: "admin" }
          credentials: [{ name: main, plugins: { key-auth: { key: boss-beans-key } } }]
      """;

  @Test
  void enterpriseAndSessionBeans_areGuarded_andInjectedRequestsHideWhatOursHides()
      throws Exception {
    Path war = file(war("beans").addPackage("dev.gatehouse.servers.beans"));
    try (MicroServer server = MicroServer.start(war)) {
      Client client = new Client(server.base().resolve("/beans"));
      assertAll(
          Stream.of("/ledgers/", "/rest/ledgers/")
              .flatMap(
                  prefix ->
                      Stream.of("stateless", "stateful", "singleton", "session")
                          .map(kind -> guarded(client, prefix + kind))));
      HttpResponse<String> later = client.get("/rest/ledgers/asynchronous", KEY, ACME);
      assertFalse(later.body().contains("protected"), later.body());
      assertAll(
          Stream.of("/seen/servlet", "/seen/bean", "/seen/enterprise", "/rest/seen")
              .map(path -> seen(client, path)));
      rewritten(client, "/rest/rewritten/ledgers/limited/once");
    }
  }

  private static Executable guarded(Client client, String path) {
    return () -> {
      refused(client.get(path), 401, path);
      refused(client.get(path, KEY, "wrong"), 401, path);
      assertEquals("protected ledger", client.get(path, KEY, ACME).body(), path);
      refused(client.get(path + "/audit", KEY, ACME), 403, path);
      assertEquals("protected audit", client.get(path + "/audit", KEY, BOSS).body(), path);
    };
  }

  private static Executable seen(Client client, String path) {
    return () ->
        assertEquals(
            "user=acme principal=acme key=null query=a=1 parameter=null path=/beans" + path,
            client
                .get(path + "?apikey=" + ACME + "&a=1", "X-Consumer-Username", "boss", KEY, ACME)
                .body());
  }

  /** A filter of the application sends this request to an annotated method. */
  private static void rewritten(Client client, String path) throws Exception {
    refused(client.get(path), 401, path);
    assertEquals("protected once", client.get(path, KEY, ACME).body());
    HttpResponse<String> again = client.get(path, KEY, ACME);
    assertEquals(429, again.statusCode());
    assertEquals("", again.body(), "a refusal without a body gets no page of the server");
  }

  private static void refused(HttpResponse<String> answer, int status, String path) {
    assertEquals(status, answer.statusCode(), path);
    assertFalse(answer.body().contains("protected"), path);
    assertTrue(answer.body().startsWith("{\"message\":"), answer.body());
  }

  @Test
  void annotationOnARestApplication_stopsTheStart() throws Exception {
    assertClosed(
        war("application").addClasses(AnnotatedApplication.class, OpenResource.class),
        List.of("/rest/open"),
        AnnotatedApplication.class.getName() + ": has annotations");
  }

  @Test
  void annotationsOnALocatorAndOnAClassThatAProducerDelivers_stopTheStart() throws Exception {
    assertClosed(
        war("delivered")
            .addClasses(LocatorResource.class, LocatorResource.Below.class, PlainApplication.class)
            .addClasses(Delivered.class, DeliveredServlet.class, Delivery.class),
        List.of("/rest/locating/below", "/delivered"),
        LocatorResource.class.getName() + "#below(): is a sub-resource locator",
        Delivered.class.getName() + ": has annotations");
  }

  @Test
  void annotationOnAServletThatAListenerAdds_refusesEveryRequest() throws Exception {
    assertClosed(
        war("late")
            .addClasses(LateServlet.class, LateServlet.Registration.class)
            .addClasses(PlainApplication.class, OpenResource.class),
        List.of("/late", "/rest/open"),
        LateServlet.class.getName() + ": has annotations");
  }

  /** The control comes first: Payara starts no further application after one that failed. */
  private static void assertClosed(WebArchive closed, List<String> paths, String... said)
      throws Exception {
    Path control = file(war("control").addClasses(PlainApplication.class, OpenResource.class));
    try (MicroServer server = MicroServer.start(control, file(closed))) {
      assertEquals(
          "protected by nothing",
          new Client(server.base().resolve("/control")).get("/rest/open").body());
      Client client = new Client(server.base().resolve("/" + closed.getName().replace(".war", "")));
      for (String path : paths) {
        HttpResponse<String> nothing = client.get(path);
        assertTrue(nothing.statusCode() >= 404, path + ": " + nothing.statusCode());
        assertFalse(nothing.body().contains("protected by nothing"), path);
      }
      assertAll(Stream.of(said).map(text -> () -> assertTrue(server.log().contains(text), text)));
    }
  }

  private static WebArchive war(String name) {
    return ShrinkWrap.create(WebArchive.class, name + ".war")
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
