package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Profile;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.FilterBuilder;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code cors} on a real server: preflights, the headers of answers and refusals, and no more. */
class CorsTest {
  private static final String PAGE = "Origin: https://shop.example\r\n";
  private static final String PREFLIGHT = PAGE + "Access-Control-Request-Method: POST\r\n";
  private static final String KEY = "apikey: acme-key\r\n";
  private static final String SHOP =
      "{\"allow_origins\":\"https://shop.example,https://app.example\",\"allow_methods\":\"GET,POST\","
          + "\"allow_headers\":\"apikey\",\"expose_headers\":\"X-RateLimit-Remaining\","
          + "\"max_age\":600,\"allow_credential\":true}";

  @TempDir private Path documents = Path.of("");

  @Test
  void preflight_isAnsweredWithoutACredential() {
    try (TomcatServer server = serving(Profile.STRICT, SHOP)) {
      String answer = call(server, "OPTIONS", PREFLIGHT);
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
      assertFalse(answer.contains(ProbeServlet.MARKER), answer);
      assertHeader(answer, "Access-Control-Allow-Origin", "https://shop.example");
      assertHeader(answer, "Access-Control-Allow-Methods", "GET,POST");
      assertHeader(answer, "Access-Control-Allow-Headers", "apikey");
      assertHeader(answer, "Access-Control-Max-Age", "600");
      assertHeader(answer, "Access-Control-Allow-Credentials", "true");
      assertHeader(answer, "Vary", "Origin");
    }
  }

  /** Scripts could not read why they were refused. */
  @Test
  void refusal_carriesTheHeaders() {
    try (TomcatServer server = serving(Profile.STRICT, SHOP)) {
      String refused = call(server, "GET", PAGE);
      assertTrue(refused.startsWith("HTTP/1.1 401 "), refused);
      assertHeader(refused, "Access-Control-Allow-Origin", "https://shop.example");
      assertHeader(refused, "Access-Control-Expose-Headers", "X-RateLimit-Remaining");
      String admitted = call(server, "GET", PAGE + KEY);
      assertTrue(admitted.contains(ProbeServlet.MARKER), admitted);
      assertHeader(admitted, "Access-Control-Allow-Origin", "https://shop.example");
      assertHeader(admitted, "Vary", "Origin");
      String limited = call(server, "GET", PAGE + KEY);
      assertTrue(limited.startsWith("HTTP/1.1 429 "), limited);
      assertHeader(limited, "Access-Control-Allow-Origin", "https://shop.example");
    }
  }

  @Test
  void originThatIsNotListed_getsNoHeader() {
    try (TomcatServer server = serving(Profile.STRICT, SHOP)) {
      for (String origin :
          List.of("https://evil.example", "https://shop.example.evil.example", "null", "")) {
        String answer =
            call(
                server,
                "OPTIONS",
                "Origin: " + origin + "\r\nAccess-Control-Request-Method: POST\r\n");
        assertFalse(answer.contains("Access-Control-Allow"), answer);
        assertFalse(answer.contains(ProbeServlet.MARKER), answer);
      }
    }
  }

  @Test
  void routeWithoutTheMethodOptions_answersThePreflightOfAMethodThatItServes() {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(
                r ->
                    r.uri("/a")
                        .method("POST")
                        .plugin("key-auth", "{}")
                        .plugin("cors", "{\"allow_origins\":\"https://shop.example\"}"))
            .build();
    try (TomcatServer server = TestApplications.probe(documents, filter)) {
      String answer = call(server, "OPTIONS", PREFLIGHT);
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
      assertHeader(answer, "Access-Control-Allow-Origin", "https://shop.example");
      String other = call(server, "OPTIONS", PREFLIGHT.replace("POST", "DELETE"));
      assertTrue(other.startsWith("HTTP/1.1 405 "), other);
      assertFalse(other.contains(ProbeServlet.MARKER), other);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", SHOP, "{\"allow_origins\":\"**\"}", "{\"preflight_continue\":true}"})
  void requestThatIsNoPreflight_isNeverLetThrough(String settings) {
    for (Profile profile : Profile.values()) {
      try (TomcatServer server = serving(profile, settings)) {
        String method = "Access-Control-Request-Method: GET\r\n";
        for (String headers :
            List.of("", PAGE, method, PREFLIGHT, PREFLIGHT + method, PREFLIGHT + PAGE)) {
          for (String verb : List.of("GET", "POST", "HEAD", "PUT", "TRACE", "options", "X")) {
            String answer = call(server, verb, headers);
            assertFalse(answer.startsWith("HTTP/1.1 200 "), verb + " " + headers + answer);
            assertFalse(answer.contains(ProbeServlet.MARKER), answer);
          }
        }
        for (String headers :
            List.of(
                "", PAGE, method, PREFLIGHT + method, PREFLIGHT + PAGE, "Origin: \r\n" + method)) {
          String answer = call(server, "OPTIONS", headers);
          assertFalse(answer.contains(ProbeServlet.MARKER), profile + headers + answer);
          boolean answered = profile == Profile.API7 && !settings.contains("continue");
          assertEquals(answered, answer.startsWith("HTTP/1.1 200 "), profile + headers + answer);
        }
        assertTrue(call(server, "GET", KEY).contains(ProbeServlet.MARKER), "positive control");
      }
    }
  }

  /** An application's own CORS filter got no preflight, and its scripts could read no refusal. */
  @Test
  void preflightContinue_leavesPreflightsToTheApplication() {
    Filter own =
        (request, response, chain) -> {
          ((HttpServletResponse) response)
              .setHeader("Access-Control-Allow-Origin", "https://own.example");
          if (((HttpServletRequest) request).getMethod().equals("OPTIONS")) {
            ((HttpServletResponse) response).setStatus(204);
          } else {
            chain.doFilter(request, response);
          }
        };
    ConsumerFilter filter =
        filter(
            Profile.STRICT,
            "{\"preflight_continue\":true,\"allow_origins\":\"https://shop.example\"}");
    try (TomcatServer server = TestApplications.probe(documents, filter, own)) {
      String preflight = call(server, "OPTIONS", PREFLIGHT);
      assertTrue(preflight.startsWith("HTTP/1.1 204 "), preflight);
      assertHeader(preflight, "Access-Control-Allow-Origin", "https://own.example");
      String refused = call(server, "GET", PAGE);
      assertTrue(refused.startsWith("HTTP/1.1 401 "), refused);
      assertHeader(refused, "Access-Control-Allow-Origin", "https://shop.example");
      String admitted = call(server, "GET", PAGE + KEY);
      assertTrue(admitted.contains(ProbeServlet.MARKER), admitted);
      assertHeader(admitted, "Access-Control-Allow-Origin", "https://own.example");
    }
  }

  @Test
  void ambiguousTarget_isRefusedBeforeAPreflightIsAnswered() {
    try (TomcatServer server = serving(Profile.API7, "{}")) {
      String answer =
          server.raw(
              "OPTIONS /a/..;/b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                  + PREFLIGHT
                  + "\r\n");
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://a.shop.example|true",
        "https://a.b.shop.example|true",
        "https://a.shop.example.evil.example|false",
        "https://evil.example/https://a.shop.example|false",
        "https://evil.example#.shop.example|false",
        "http://a.shop.example|false",
        "https://shop.example|false",
      })
  void expression_mustMatchTheWholeOrigin(String origin, boolean allowed) {
    String settings =
        "{\"allow_origins_by_regex\":[\"https://.*\\\\.shop\\\\.example\"],"
            + "\"timing_allow_origins_by_regex\":[\"https://.*\\\\.shop\\\\.example\"]}";
    try (TomcatServer server = serving(Profile.STRICT, settings)) {
      String answer = call(server, "GET", "Origin: " + origin + "\r\n" + KEY);
      assertTrue(answer.contains(ProbeServlet.MARKER), answer);
      assertEquals(allowed, answer.contains("Access-Control-Allow-Origin: " + origin), answer);
      assertEquals(allowed, answer.contains("Timing-Allow-Origin: " + origin), answer);
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void defaults_areThoseOfApisix(Profile profile) {
    try (TomcatServer server = serving(profile, "{}")) {
      String answer = call(server, "GET", KEY);
      assertTrue(answer.contains(ProbeServlet.MARKER), answer);
      assertHeader(answer, "Access-Control-Allow-Origin", "*");
      assertHeader(answer, "Access-Control-Allow-Methods", "*");
      assertHeader(answer, "Access-Control-Allow-Headers", "*");
      assertHeader(answer, "Access-Control-Max-Age", "5");
      assertFalse(answer.contains("Access-Control-Expose-Headers"), answer);
      assertFalse(answer.contains("Access-Control-Allow-Credentials"), answer);
      assertFalse(answer.contains("Vary: "), answer);
    }
  }

  @Test
  void twoStars_nameWhatTheRequestNames() {
    String all = "{\"allow_origins\":\"**\",\"allow_methods\":\"**\",\"allow_headers\":\"**\"}";
    try (TomcatServer server = serving(Profile.STRICT, all)) {
      String answer =
          call(server, "OPTIONS", PREFLIGHT + "Access-Control-Request-Headers: x-a, x-b\r\n");
      assertHeader(answer, "Access-Control-Allow-Origin", "https://shop.example");
      assertHeader(
          answer,
          "Access-Control-Allow-Methods",
          "GET,POST,PUT,DELETE,PATCH,HEAD,OPTIONS,CONNECT,TRACE");
      assertHeader(answer, "Access-Control-Allow-Headers", "x-a, x-b");
      assertHeader(answer, "Vary", "Origin");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"allow_credential\":true}|allow_origins",
        "{\"allow_credential\":true,\"allow_origins\":\"https://a.example\"}|allow_methods",
        "{\"allow_credential\":true,\"allow_origins\":\"**\",\"allow_methods\":\"GET\",\"allow_headers\":\"a\"}|allow_origins",
        "{\"allow_credential\":true,\"allow_origins\":\"null\",\"allow_methods\":\"GET\",\"allow_headers\":\"a\"}|allow_origins",
        "{\"allow_origins\":\"shop.example\"}|allow_origins",
        "{\"allow_origins\":\"https://a.example, https://b.example\"}|allow_origins",
        "{\"allow_origins\":\"https://a.example/path\"}|allow_origins",
        "{\"allow_methods\":\"GET;POST\"}|allow_methods",
        "{\"allow_origins_by_regex\":[\"(\"]}|allow_origins_by_regex[0]",
        "{\"allow_origins_by_metadata\":[\"A\"]}|allow_origins_by_metadata",
        "{\"max_age\":-2}|max_age",
        "{\"_meta\":{\"filter\":[[\"uri\",\"==\",\"/a\"]]}}|_meta.filter",
      })
  void wrongSettings_doNotStart(String settings, String place) {
    ConfigException refused =
        assertThrows(ConfigException.class, () -> filter(Profile.STRICT, settings));
    assertEquals(
        "routes[0].plugins.cors." + place, refused.problems().get(0).path(), refused.toString());
  }

  @Test
  void onAConsumer_itIsRefusedAtTheStart() {
    FilterBuilder builder = ConsumerFilter.builder().consumer("a", c -> c.plugin("cors", "{}"));
    assertThrows(ConfigException.class, builder::build);
  }

  private TomcatServer serving(Profile profile, String settings) {
    return TestApplications.probe(documents, filter(profile, settings));
  }

  private static ConsumerFilter filter(Profile profile, String settings) {
    return ConsumerFilter.builder()
        .profile(profile)
        .route(
            r ->
                r.uri("/a")
                    .plugin("key-auth", "{}")
                    .plugin("limit-count", "{\"count\":1,\"time_window\":60,\"rejected_code\":429}")
                    .plugin("cors", settings))
        .consumer("acme", c -> c.credential("key", "key-auth", "{\"key\":\"acme-key\"}"))
        .build();
  }

  private static String call(TomcatServer server, String method, String headers) {
    return server.raw(
        method + " /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n");
  }

  private static void assertHeader(String answer, String name, String value) {
    List<String> lines = answer.lines().filter(line -> line.startsWith(name + ": ")).toList();
    assertEquals(List.of(name + ": " + value), lines, answer);
  }
}
