package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.FilterBuilder;
import dev.gatehouse.servlet.GatehouseInitializer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes of the same name in several filters: each of them is asked. */
class AdmittedRoutesTest {
  @TempDir private Path documents = Path.of("");

  private static ConsumerFilter filter(UnaryOperator<FilterBuilder> more) {
    FilterBuilder builder =
        ConsumerFilter.builder()
            .consumer("plain", c -> c.credential("one", "key-auth", "{\"key\": \"plain-key\"}"))
            .consumer(
                "admin",
                c ->
                    c.label("tier", "admin")
                        .credential("one", "key-auth", "{\"key\": \"admin-key\"}"));
    return more.apply(builder).build();
  }

  private static ConsumerFilter everything() {
    return filter(b -> b.route(r -> r.uri("/*").plugin("key-auth", "{}")));
  }

  private static ConsumerFilter adminsOnly() {
    return filter(
        b ->
            b.route(
                r ->
                    r.uri("/admin/*")
                        .plugin("key-auth", "{}")
                        .plugin("acl", "{\"allow_labels\": {\"tier\": [\"admin\"]}}")));
  }

  @Test
  void secondFilterWithUnnamedRoutes_isNotSkipped() {
    try (TomcatServer server = TestApplications.probe(documents, everything(), adminsOnly())) {
      assertRuns(server.get("/a", "apikey", "plain-key"));
      assertRefused(403, server.get("/admin/x", "apikey", "plain-key"));
      assertRuns(server.get("/admin/x", "apikey", "admin-key"));
      assertRefused(401, server.get("/admin/x"));
    }
  }

  @Test
  void forwardToASecondFilter_isNotSkipped() {
    ConsumerFilter first = everything();
    ConsumerFilter second = adminsOnly();
    try (TomcatServer server =
        TomcatServer.start("", documents, context -> forwarding(context, first, second))) {
      assertRuns(server.get("/forward?to=/a", "apikey", "plain-key"));
      assertRefused(403, server.get("/forward?to=/admin/x", "apikey", "plain-key"));
      assertRuns(server.get("/forward?to=/admin/x", "apikey", "admin-key"));
    }
  }

  private static void forwarding(Context context, ConsumerFilter first, ConsumerFilter second) {
    TestApplications.filter(context, "first", first, "/*");
    TestApplications.onEveryDispatch(context, "second", second, "/*");
    TestApplications.servlet(context, new ProbeServlet(), "/*");
    TestApplications.servlet(context, new DispatchingServlet(), "/forward");
  }

  @Test
  void clientAddressOfOneFilter_isNotThatOfAnother() {
    ConsumerFilter trusting =
        filter(b -> b.trustedProxies("127.0.0.1").route(r -> r.uri("/*").plugin("key-auth", "{}")));
    ConsumerFilter plain =
        filter(
            b ->
                b.route(
                    r ->
                        r.uri("/admin/*")
                            .plugin("ip-restriction", "{\"whitelist\": [\"192.0.2.1\"]}")));
    String[] forged = {"apikey", "plain-key", "X-Forwarded-For", "192.0.2.1"};
    try (TomcatServer server = TestApplications.probe(documents, trusting, plain)) {
      assertRuns(server.get("/a", forged));
      assertRefused(403, server.get("/admin/x", forged));
    }
  }

  private static final String FILE =
      """
      routes:
        - name: orders
          uris: ["/a/*"]
          plugins: { key-auth: {}, limit-count: { count: 3, time_window: 600 } }
      consumers:
        - username: acme
          credentials: [{ name: main, plugins: { key-auth: { key: acme-key } } }]
      """;

  private TomcatServer served(UnaryOperator<FilterDef> more) throws IOException {
    Files.createDirectories(documents.resolve("WEB-INF"));
    Files.writeString(documents.resolve("WEB-INF/gatehouse.yaml"), FILE);
    return TomcatServer.start(
        "",
        documents,
        context -> {
          context.addServletContainerInitializer(new GatehouseInitializer(), Set.of());
          FilterDef unused =
              more.apply(TestApplications.filter(context, "orders", new ConsumerFilter(), "/a/*"));
          TestApplications.servlet(context, new ProbeServlet(), "/*");
        });
  }

  @Test
  void routesOfTheFileInTwoFilters_countOnce() throws IOException {
    try (TomcatServer server = served(UnaryOperator.identity())) {
      for (int i = 0; i < 3; i++) {
        assertRuns(server.get("/a/1", "apikey", "acme-key"));
      }
      assertRefused(429, server.get("/a/1", "apikey", "acme-key"));
    }
  }

  @Test
  void filterWithTheNameOfARoute_doesNotShareItsCounters() throws IOException {
    String own = "{\"count\": 3, \"time_window\": 600}";
    try (TomcatServer server =
        served(
            filter -> {
              filter.addInitParameter("limit-count", own);
              return filter;
            })) {
      for (int i = 0; i < 3; i++) {
        assertRuns(server.get("/a/1", "apikey", "acme-key"));
      }
      assertRefused(429, server.get("/a/1", "apikey", "acme-key"));
    }
  }

  static void assertRuns(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains(ProbeServlet.MARKER), answer.body());
  }

  static void assertRefused(int status, HttpResponse<String> answer) {
    assertFalse(answer.body().contains(ProbeServlet.MARKER), answer.body());
    assertEquals(status, answer.statusCode(), answer.body());
  }
}
