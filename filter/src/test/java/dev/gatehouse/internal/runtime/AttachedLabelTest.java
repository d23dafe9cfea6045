package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels as request headers, and what a client sends under their names. */
class AttachedLabelTest {
  private static final String LABELS =
      "{\"headers\":{\"X-Consumer-Department\":\"$department\",\"X-Tier\":\"$tier\"}}";
  @TempDir private Path documents = Path.of("");

  private TomcatServer serving() {
    return TestApplications.probe(
        documents,
        ConsumerFilter.builder()
            .route(
                r ->
                    r.uri("/a")
                        .plugin("key-auth", "{\"anonymous_consumer\":\"guest\"}")
                        .plugin("attach-consumer-label", LABELS))
            .route(r -> r.uri("/open").plugin("attach-consumer-label", LABELS))
            .consumer(
                "acme",
                c ->
                    c.label("department", "sales")
                        .credential("k", "key-auth", "{\"key\":\"right\"}"))
            .consumer("guest", c -> c.label("tier", "none"))
            .build());
  }

  @Test
  void label_isSeenByTheApplication_andTheClientsCopyNever() {
    try (TomcatServer server = serving()) {
      String seen =
          server.rawGet(
              "/a",
              "apikey: right\r\nx-consumer-department: root\r\nX-Tier: gold\r\nX-Tier: gold\r\n");
      assertTrue(seen.contains("header x-consumer-department: [sales]"), seen);
      assertEquals(1, count(seen, "header x-consumer-department"));
      assertFalse(seen.contains("x-tier"), seen);
      assertFalse(seen.contains("root"), seen);
      assertFalse(seen.contains("gold"), seen);
    }
  }

  @Test
  void anonymousConsumer_hasItsLabels_andUnidentifiedRequestsHaveNone() {
    try (TomcatServer server = serving()) {
      String guest = server.rawGet("/a", "X-Consumer-Department: root\r\n");
      assertTrue(guest.contains("header x-tier: [none]"), guest);
      assertFalse(guest.contains("root"), guest);
      String unidentified = server.rawGet("/open", "X-Tier: gold\r\nX-Other: kept\r\n");
      assertTrue(unidentified.contains(ProbeServlet.MARKER), unidentified);
      assertTrue(unidentified.contains("header x-other: [kept]"), unidentified);
      assertFalse(unidentified.contains("gold"), unidentified);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "content-length",
        "Authorization",
        "X-Consumer-Username",
        "a b",
        "Transfer-Encoding",
        "X-Forwarded-For"
      })
  void header_thatMeansSomethingElse_isAProblem(String name) {
    assertMistake(
        "{\"headers\":{\"" + name + "\":\"$tier\"}}",
        "headers." + name + ": must be a header name (RFC 9110 token) that is free");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|headers: is required: an object of at least one header name",
        "{\"headers\":{}}|headers: must hold at least one header name",
        "{\"headers\":{\"A\":\"tier\"}}|headers.A: must be $ and the name of a label",
        "{\"headers\":{\"A\":\"$\"}}|headers.A: must be $ and the name of a label",
        "{\"headers\":{\"A\":\"$b\",\"a\":\"$c\"}}|headers.a: is there twice but for upper and",
      })
  void wrongSettings_areReported(String settings, String problem) {
    assertMistake(settings, problem);
  }

  private static void assertMistake(String settings, String problem) {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () ->
                ConsumerFilter.builder()
                    .route(r -> r.uri("/a").plugin("attach-consumer-label", settings))
                    .build());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("attach-consumer-label." + problem), message);
  }

  private static long count(String text, String part) {
    return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
  }
}
