package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.FilterBuilder;
import dev.gatehouse.servlet.GatehouseInitializer;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.catalina.Context;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an application starts, or does not, by what its configuration says; on a real Tomcat. */
class StartupTest {
  private static final String CONSUMERS =
      """
      consumers:
        - username: acme
          labels: { tier: gold }
          plugins: { limit-count: { count: 3, time_window: 600 } }
          credentials:
            - name: primary
              plugins: { key-auth: { key: acme-key } }
        - username: globex
          credentials:
            - name: primary
              plugins: { key-auth: { key: globex-key } }
      """;

  @TempDir Path documents;
  private final RecordedLog log = new RecordedLog();
  private final Map<String, Map<String, String>> filters = new LinkedHashMap<>();
  private final Map<String, String> contextParameters = new LinkedHashMap<>();

  @BeforeEach
  void listen() {
    Logger.getLogger("dev.gatehouse.config").addHandler(log);
  }

  @AfterEach
  void silence() {
    Logger.getLogger("dev.gatehouse.config").removeHandler(log);
  }

  @Test
  void file_aloneProtectsWhatItsRoutesName() throws Exception {
    file("routes:\n  - uris: [\"/orders/*\"]\n    plugins: { key-auth: {} }\n" + CONSUMERS);
    try (TomcatServer server = start()) {
      assertRefused(401, server.get("/orders"));
      assertRefused(401, server.get("/orders", "apikey", "wrong"));
      assertRuns(server.get("/orders", "apikey", "acme-key"));
      assertRuns(server.get("/public", "X-Consumer-Username", "root"));
      assertFalse(server.get("/public", "X-Consumer-Username", "root").body().contains("root"));
    }
  }

  @Test
  void forwardAndIncludeToAProtectedPath_areRefusedWithoutAKey() throws Exception {
    file("routes:\n  - uris: [\"/orders/*\"]\n    plugins: { key-auth: {} }\n" + CONSUMERS);
    try (TomcatServer server = start()) {
      for (String how : List.of("forward", "include")) {
        assertRuns(server.get("/goes/" + how + "?to=/public"));
        String wrong = server.get("/goes/" + how + "?to=/orders/1").body();
        assertFalse(wrong.contains(ProbeServlet.MARKER), wrong);
        HttpResponse<String> right =
            server.get("/goes/" + how + "?to=/orders/1", "apikey", "acme-key");
        assertRuns(right);
        assertTrue(right.body().contains("consumer: acme"), right.body());
      }
      assertRefused(401, server.get("/goes/forward?to=/orders/1"));
    }
  }

  @Test
  void forwardAndIncludeWithinARoute_countOnce() throws Exception {
    file(
        "routes:\n  - uris: [\"/goes/*\", \"/orders/*\"]\n    plugins: { key-auth: {} }\n"
            + CONSUMERS);
    try (TomcatServer server = start()) {
      for (String how : List.of("forward", "include", "forward")) {
        assertRuns(server.get("/goes/" + how + "?to=/orders/1", "apikey", "acme-key"));
      }
      assertRefused(429, server.get("/goes/include?to=/orders/1", "apikey", "acme-key"));
    }
  }

  @Test
  void parameters_protectWhatTheContainerMapsToTheFilter() throws Exception {
    file(CONSUMERS);
    filters.put("/orders/*", Map.of("key-auth", "{}"));
    filters.put(
        "/gold/*", Map.of("key-auth", "{}", "acl", "{\"allow_labels\": {\"tier\": [\"gold\"]}}"));
    try (TomcatServer server = start()) {
      assertRefused(401, server.get("/orders/1"));
      assertRuns(server.get("/orders/1", "apikey", "globex-key"));
      assertRefused(403, server.get("/gold/1", "apikey", "globex-key"));
      assertRuns(server.get("/gold/1", "apikey", "acme-key"));
    }
  }

  @Test
  void consumersLimit_holdsOverAllFiltersOfTheApplication() throws Exception {
    file(CONSUMERS);
    filters.put("/a/*", Map.of("key-auth", "{}"));
    filters.put("/b/*", Map.of("key-auth", "{}"));
    try (TomcatServer server = start()) {
      assertRuns(server.get("/a/1", "apikey", "acme-key"));
      assertRuns(server.get("/b/1", "apikey", "acme-key"));
      HttpResponse<String> third = server.get("/a/1", "apikey", "acme-key");
      assertRuns(third);
      assertEquals("0", third.headers().firstValue("X-RateLimit-Remaining").orElse("-"));
      assertRefused(429, server.get("/b/1", "apikey", "acme-key"));
      assertRuns(server.get("/b/1", "apikey", "globex-key"));
    }
  }

  @Test
  void twoFiltersOnOneRequest_countTheConsumersLimitOnce() throws Exception {
    file("routes:\n  - uris: [\"/a/*\"]\n    plugins: { key-auth: {} }\n" + CONSUMERS);
    filters.put("/a/*", Map.of("limit-count", "{\"count\": 100, \"time_window\": 600}"));
    try (TomcatServer server = start()) {
      for (int i = 0; i < 3; i++) {
        assertRuns(server.get("/a/1", "apikey", "acme-key"));
      }
      assertRefused(429, server.get("/a/1", "apikey", "acme-key"));
    }
  }

  @Test
  void allProblems_areReportedAtOnce_andNothingIsServed() throws Exception {
    file(
        """
        routes:
          - uris: ["/orders/*"]
            plugins: { kye-auth: {}, limit-count: { count: 0, time_window: 60, headr: x } }
        """);
    contextParameters.put("gatehouse.profil", "strict");
    contextParameters.put("gatehouse.profile", "loose");
    assertThrows(IllegalStateException.class, this::start);
    String text = log.text();
    for (String path :
        List.of(
            "context-param: gatehouse.profil: is not known; known are ",
            "context-param: gatehouse.profile: must be one of strict, api7, was \"loose\"",
            "routes[0].plugins.kye-auth: is not a known plugin; known are ",
            "routes[0].plugins.limit-count.count: must be a whole number from 1 to ",
            "routes[0].plugins.limit-count.headr: is not known; known here: ")) {
      assertTrue(text.contains(path), () -> path + " is missing in " + text);
    }
  }

  @Test
  void filterWithAMisspeltParameter_doesNotStart() throws Exception {
    file(CONSUMERS);
    filters.put("/orders/*", Map.of("key-auth", "{\"heder\": \"x\"}", "gatehouse.store", "memory"));
    assertThrows(IllegalStateException.class, this::start);
    assertTrue(log.text().contains("web.xml filter '/orders/*': key-auth.heder: is not known"));
    assertTrue(log.text().contains("gatehouse.store: is a setting of the application"));
  }

  @Test
  void problemFoundByTheFilter_refusesEveryRequest() {
    ConsumerFilter wrong = new ConsumerFilter();
    try (TomcatServer server =
        TomcatServer.start(
            "",
            documents,
            context -> {
              TestApplications.filter(context, "orders", wrong, "/orders/*")
                  .addInitParameter("key-auth", "{\"heder\": \"x\"}");
              TestApplications.servlet(context, new ProbeServlet(), "/*");
            })) {
      assertRefused(500, server.get("/public"));
      assertRefused(500, server.get("/orders/1"));
    }
    assertTrue(log.text().contains("web.xml filter 'orders': key-auth.heder: is not known"));
  }

  @Test
  void unresolvedReference_makesTheCredentialUnusableAndIsReported() throws Exception {
    file(
        """
        routes:
          - uris: ["/orders/*"]
            plugins: { key-auth: {} }
        consumers:
          - username: acme
            credentials:
              - name: broken
                plugins: { key-auth: { key: "$env://GH_NO_SUCH_VARIABLE" } }
              - name: good
                plugins: { key-auth: { key: good-key } }
        """);
    try (TomcatServer server = start()) {
      assertRefused(401, server.get("/orders", "apikey", "$env://GH_NO_SUCH_VARIABLE"));
      assertRuns(server.get("/orders", "apikey", "good-key"));
    }
    assertTrue(log.text().contains("consumers[acme].credentials[broken].plugins.key-auth.key"));
  }

  @Test
  void changedFile_isAppliedAndABadOneIsNot() throws Exception {
    contextParameters.put("gatehouse.reload-interval", "1");
    file("routes:\n  - uris: [\"/orders/*\"]\n    plugins: { key-auth: {} }\n" + CONSUMERS);
    try (TomcatServer server = start()) {
      assertRuns(server.get("/orders", "apikey", "acme-key"));
      file(
          "routes:\n  - uris: [\"/orders/*\"]\n    plugins: { key-auth: {} }\n"
              + CONSUMERS.replace("acme-key", "next-key"));
      awaitStatus(server, 200, "next-key");
      assertRefused(401, server.get("/orders", "apikey", "acme-key"));
      file("routes:\n  - uris: [\"/orders/*\"]\n    plugins: { kye-auth: {} }\n" + CONSUMERS);
      log.await("was not taken");
      assertTrue(log.text().contains("routes[0].plugins.kye-auth"), log.text());
      assertRefused(401, server.get("/orders"));
      assertRuns(server.get("/orders", "apikey", "globex-key"));
    }
    Set<String> threads =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .collect(Collectors.toSet());
    assertFalse(threads.contains("gatehouse-reload"), "a thread was left behind");
  }

  @Test
  void undeployWhileTheFileIsRead_waitsForTheThreadAndLeavesNone() throws Exception {
    contextParameters.put("gatehouse.reload-interval", "1");
    file("routes:\n  - uris: [\"/b/*\"]\n    plugins: { key-auth: {} }\n" + CONSUMERS);
    TomcatServer server = start();
    file("routes:\n" + "  - uris: [\"/a/*\"]\n    plugins: { key-auth: {} }\n" + CONSUMERS);
    log.await("was read again");
    Instant before = Instant.now();
    server.close();
    assertTrue(Duration.between(before, Instant.now()).toSeconds() < 8, "undeploy was stalled");
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("gatehouse-reload")));
  }

  @Test
  void builder_reportsAllProblemsAtOnce() {
    FilterBuilder builder =
        ConsumerFilter.builder()
            .route(r -> r.uri("orders").plugin("key-auth", "{\"realm\": 1}"))
            .consumer("a b", c -> c.credential("one", "kye-auth", "{"));
    ConfigException refused = assertThrows(ConfigException.class, builder::build);
    String text = String.valueOf(refused.getMessage());
    for (String path :
        List.of("routes[0].uris[0]", "routes[0].plugins.key-auth.realm", "username", "kye-auth")) {
      assertTrue(text.contains(path), () -> path + " is missing in " + text);
    }
  }

  private TomcatServer start() {
    return TomcatServer.start(
        "",
        documents,
        context -> {
          contextParameters.forEach(context::addParameter);
          context.addServletContainerInitializer(new GatehouseInitializer(), Set.of());
          filters.forEach((pattern, parameters) -> add(context, pattern, parameters));
          TestApplications.servlet(context, new ProbeServlet(), "/*");
          TestApplications.servlet(context, new Going(), "/goes/*");
        });
  }

  /** Goes to another path of the application. */
  private static final class Going extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      RequestDispatcher there = request.getRequestDispatcher(request.getParameter("to"));
      if (request.getPathInfo().equals("/forward")) {
        there.forward(request, response);
      } else {
        there.include(request, response);
      }
    }
  }

  private static void add(Context context, String pattern, Map<String, String> parameters) {
    parameters.forEach(
        TestApplications.filter(context, pattern, new ConsumerFilter(), pattern)::addInitParameter);
  }

  /** Replaced by renaming, and older than a moment, so that it is taken at the next look. */
  private void file(String text) throws IOException {
    Path directory = Files.createDirectories(documents.resolve("WEB-INF"));
    Path next = Files.writeString(directory.resolve("next.yaml"), text);
    Files.setLastModifiedTime(
        next, java.nio.file.attribute.FileTime.from(Instant.now().minusSeconds(1)));
    Files.move(next, directory.resolve("gatehouse.yaml"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void awaitStatus(TomcatServer server, int status, String key) {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (server.get("/orders", "apikey", key).statusCode() != status) {
      assertTrue(Instant.now().isBefore(end), "the new file was not taken");
    }
  }

  private static void assertRefused(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertFalse(answer.body().contains(ProbeServlet.MARKER), answer.body());
  }

  private static void assertRuns(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains(ProbeServlet.MARKER), answer.body());
  }
}
