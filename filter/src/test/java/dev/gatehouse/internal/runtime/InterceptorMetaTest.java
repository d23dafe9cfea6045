package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.FilterBuilder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the {@code _meta} settings of interceptors. */
class InterceptorMetaTest {
  private static final String EMPTY_LIST = "\"whitelist\":[\"nobody\"]";
  @TempDir private Path documents = Path.of("");

  @Test
  void disabledPlugin_isNotAsked() {
    try (TomcatServer server =
        serving(r -> r.plugin("consumer-restriction", "{" + EMPTY_LIST + "}"))) {
      assertFalse(get(server).body().contains(ProbeServlet.MARKER), "positive control: it refuses");
    }
    try (TomcatServer server =
        serving(r -> r.plugin("consumer-restriction", with("\"disable\":true")))) {
      assertTrue(get(server).body().contains("consumer: acme"));
    }
    try (TomcatServer server =
        serving(r -> r.plugin("consumer-restriction", with("\"disable\":false")))) {
      assertFalse(get(server).body().contains(ProbeServlet.MARKER));
    }
  }

  @Test
  void consumer_maySwitchARoutesPluginOffForItself() {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(
                r ->
                    r.uri("/a")
                        .plugin("key-auth", "{}")
                        .plugin("limit-count", "{\"count\":1,\"time_window\":60}"))
            .consumer(
                "acme",
                c ->
                    c.credential("k", "key-auth", "{\"key\":\"right\"}")
                        .plugin(
                            "limit-count",
                            "{\"count\":1,\"time_window\":60,\"_meta\":{\"disable\":true}}"))
            .consumer("bob", c -> c.credential("k", "key-auth", "{\"key\":\"bobs\"}"))
            .build();
    try (TomcatServer server = TestApplications.probe(documents, filter)) {
      for (int i = 0; i < 3; i++) {
        assertTrue(get(server).body().contains("consumer: acme"));
      }
      assertEquals(200, server.get("/a", "apikey", "bobs").statusCode());
      assertEquals(429, server.get("/a", "apikey", "bobs").statusCode());
    }
  }

  @Test
  void errorResponse_takesThePlaceOfTheBody() {
    try (TomcatServer server =
        serving(
            r ->
                r.plugin(
                    "consumer-restriction",
                    with("\"error_response\":{\"code\":7,\"text\":\"no \\\"entry\\\"\"}")))) {
      HttpResponse<String> answer = get(server);
      assertEquals(403, answer.statusCode());
      assertEquals("{\"code\":7,\"text\":\"no \\\"entry\\\"\"}", answer.body());
      assertEquals(List.of("application/json"), answer.headers().allValues("Content-Type"));
    }
    try (TomcatServer server =
        serving(r -> r.plugin("consumer-restriction", with("\"error_response\":\"go away\"")))) {
      assertEquals("go away", get(server).body());
    }
  }

  @Test
  void priority_changesTheOrder() {
    for (String priority : List.of("5000", "-5000")) {
      try (TomcatServer server =
          serving(
              r ->
                  r.plugin("ip-restriction", "{\"blacklist\":[\"127.0.0.1\"]}")
                      .plugin("consumer-restriction", with("\"priority\":" + priority)))) {
        String expected =
            priority.startsWith("-")
                ? "Your IP address is not allowed"
                : "The consumer_name is forbidden.";
        assertTrue(get(server).body().contains(expected), priority);
      }
    }
  }

  @Test
  void guard_mayBeDisabled() {
    try (TomcatServer server =
        serving(r -> r.plugin("limit-failed-auth", "{\"count\":1,\"_meta\":{\"disable\":true}}"))) {
      for (int i = 0; i < 3; i++) {
        assertEquals(401, server.get("/a", "apikey", "wrong").statusCode());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "consumer-restriction|\"filter\":[]|_meta.filter: must be an expression of at least",
        "limit-failed-auth|\"filter\":[[\"uri\",\"==\",\"/\"]]|_meta.filter: is not available here",
        "consumer-restriction|\"pre_function\":\"x\"|_meta.pre_function: is not available yet",
        "consumer-restriction|\"priority\":\"x\"|_meta.priority: must be a whole number",
        "consumer-restriction|\"disable\":1|_meta.disable: must be true or false, was 1",
        "consumer-restriction|\"error_response\":1|_meta.error_response: must be an object",
        "consumer-restriction|\"else\":1|_meta.else: is not known; known here: priority, filter, disable",
        "key-auth|\"disable\":true|_meta: is not available for plugins that authenticate",
      })
  void meta_thatIsWrong_isAProblem(String plugin, String members, String problem) {
    String settings = plugin.equals("key-auth") ? "{\"_meta\":{" + members + "}}" : with(members);
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                ConsumerFilter.builder().route(r -> r.uri("/a").plugin(plugin, settings)).build());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("routes[0].plugins." + plugin + "." + problem), message);
  }

  @Test
  void filter_saysOfWhichRequestsAPluginIsAsked() {
    try (TomcatServer server =
        serving(
            r ->
                r.plugin(
                    "consumer-restriction",
                    with("\"filter\":[[\"http_x_from\",\"~=\",\"inside\"]]")))) {
      HttpResponse<String> outside = get(server);
      assertEquals(403, outside.statusCode());
      assertFalse(outside.body().contains(ProbeServlet.MARKER));
      HttpResponse<String> inside = server.get("/a", "apikey", "right", "X-From", "inside");
      assertTrue(inside.body().contains("consumer: acme"), inside.body());
    }
  }

  private static String with(String members) {
    return "{" + EMPTY_LIST + ",\"_meta\":{" + members + "}}";
  }

  private TomcatServer serving(UnaryOperator<FilterBuilder.RouteSpec> more) {
    return TestApplications.probe(
        documents,
        ConsumerFilter.builder()
            .route(r -> more.apply(r.uri("/a").plugin("key-auth", "{}")))
            .consumer("acme", c -> c.credential("k", "key-auth", "{\"key\":\"right\"}"))
            .build());
  }

  private static HttpResponse<String> get(TomcatServer server) {
    return server.get("/a", "apikey", "right");
  }
}
