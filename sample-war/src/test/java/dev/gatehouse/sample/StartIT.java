package dev.gatehouse.sample;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What happens at a start, and what survives the next one. */
class StartIT {
  private static final String KEY = "apikey";
  private static final String ACME = "acme-demo-key-7Qd2";

  private static final String MISTAKEN =
      """
      routes:
        - uris: ['/api/*']
          plugins:
            key-auht: {}
            limit-count: { count: many, time_windw: 60 }
      consumers:
        - username: 'not a name'
          credentials: [{ name: main, plugins: { key-auth: { key: secret-of-nobody } } }]
      """;

  @Test
  void misconfiguredApplication_doesNotStart_andTheLogNamesEveryProblem() throws Exception {
    // The control comes first: Payara starts no further application after one that failed.
    try (MicroServer server =
        MicroServer.start(
            SampleWar.named("control").file("control.war"),
            SampleWar.named("mistaken")
                .withYaml(MISTAKEN)
                .replace("WEB-INF/web.xml", "gatehouse.master-key", "gatehouse.mastr-key")
                .file("mistaken.war"))) {
      Client client = new Client(server.base());
      assertEquals(200, client.get("/control/api/whoami", KEY, ACME).statusCode());
      for (String path : List.of("/", "/api/whoami", "/reports/daily")) {
        HttpResponse<String> nothing = client.get("/mistaken" + path, KEY, ACME);
        assertEquals(404, nothing.statusCode(), path);
        assertFalse(nothing.body().contains("Orders API"), path);
      }
      String log = server.log();
      assertAll(
          Stream.of(
                  "routes[0].plugins.key-auht",
                  "routes[0].plugins.limit-count.count",
                  "routes[0].plugins.limit-count.time_windw",
                  "username",
                  "gatehouse.mastr-key")
              .map(path -> () -> assertTrue(log.contains(path), path)));
      assertFalse(log.contains("secret-of-nobody"));
    }
  }

  @Test
  void misconfiguredFilterOfWebXml_neverLeavesItsApplicationUnprotected() throws Exception {
    String declared =
        """
        <filter>
          <filter-name>api</filter-name>
          <filter-class>dev.gatehouse.servlet.ConsumerFilter</filter-class>
          <init-param><param-name>key-auht</param-name><param-value>{}</param-value></init-param>
        </filter>
        <filter-mapping>
          <filter-name>api</filter-name>
          <url-pattern>/api/*</url-pattern>
        </filter-mapping>
        """;
    try (MicroServer server =
        MicroServer.start(
            SampleWar.named("control").file("control.war"),
            SampleWar.named("declared")
                .replace("WEB-INF/web.xml", "<data-source>", declared + "<data-source>")
                .file("declared.war"))) {
      Client client = new Client(server.base());
      assertEquals(200, client.get("/control/api/whoami", KEY, ACME).statusCode());
      HttpResponse<String> nothing = client.get("/declared/");
      assertEquals(404, nothing.statusCode());
      assertFalse(nothing.body().contains("Orders API"));
      assertTrue(server.log().contains("key-auht"));
    }
  }

  @Test
  void ineffectiveAnnotation_preventsTheStart() throws Exception {
    try (MicroServer server =
        MicroServer.start(
            SampleWar.named("control").file("control.war"),
            SampleWar.named("misplaced").plus(MisplacedFilter.class).file("misplaced.war"))) {
      Client client = new Client(server.base());
      assertEquals(200, client.get("/control/api/whoami", KEY, ACME).statusCode());
      HttpResponse<String> nothing = client.get("/misplaced/misplaced", KEY, ACME);
      assertEquals(404, nothing.statusCode());
      assertFalse(nothing.body().contains("open to everybody"));
      assertTrue(
          server.log().contains(MisplacedFilter.class.getName() + ": has annotations"),
          server::log);
    }
  }

  @Test
  void consumersAndOrders_surviveARestart() throws Exception {
    SampleWar sample = SampleWar.named("restart");
    String order;
    try (MicroServer first = MicroServer.start(sample.file("orders.war"))) {
      HttpResponse<String> placed =
          new Client(first.base()).post("/orders/api/orders", "{\"item\":\"teapot\"}", KEY, ACME);
      assertEquals(201, placed.statusCode());
      order = placed.body();
    }
    String yaml = sample.read("WEB-INF/gatehouse.yaml");
    String withoutConsumers = yaml.substring(0, yaml.indexOf("consumers:"));
    try (MicroServer second =
        MicroServer.start(sample.withYaml(withoutConsumers).file("orders.war"))) {
      Client client = new Client(second.base());
      assertEquals('[' + order + ']', client.get("/orders/api/orders", KEY, ACME).body());
      assertEquals(401, client.get("/orders/api/orders", KEY, ACME + "x").statusCode());
    }
  }
}
