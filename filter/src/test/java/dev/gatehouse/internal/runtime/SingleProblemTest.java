package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.FilterBuilder;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One mistake in a setting is one line. */
class SingleProblemTest {
  private static final String CONN =
      "\"conn\": 1, \"burst\": 0, \"default_conn_delay\": 1, \"key\": \"remote_addr\"";
  private static final String RULES =
      "\"rules\": [{\"count\": 1, \"time_window\": 60, \"key\": \"$remote_addr\"}]";

  static Stream<Arguments> mistaken() {
    return Stream.of(
        Arguments.of(
            "limit-conn", CONN + ", \"allow_degradation\": \"true1\"", "allow_degradation"),
        Arguments.of(
            "limit-conn", "\"default_conn_delay\": 1, \"conn\": 1, \"rules\": []", "rules"),
        Arguments.of("limit-conn", "\"default_conn_delay\": 1, \"rules\": \"x\"", "rules"),
        Arguments.of("limit-count", RULES + ", \"time_window\": 60", "rules"),
        Arguments.of("limit-count", RULES + ", \"count\": 1, \"time_window\": 60", "rules"),
        Arguments.of("limit-count", "\"rules\": []", "rules"),
        Arguments.of("limit-count", "\"rules\": \"x\"", "rules"),
        Arguments.of("attach-consumer-label", "\"headers\": {}", "headers"),
        Arguments.of("attach-consumer-label", "\"headers\": \"x\"", "headers"),
        Arguments.of("attach-consumer-label", "\"headers\": {\"X-A\": 1}", "headers.X-A"));
  }

  @ParameterizedTest
  @MethodSource("mistaken")
  void singleProblem_isReportedOnce(String plugin, String settings, String path) {
    FilterBuilder builder =
        ConsumerFilter.builder().route(r -> r.uri("/*").plugin(plugin, "{" + settings + "}"));
    ConfigException refused = assertThrows(ConfigException.class, builder::build);
    assertEquals(1, refused.problems().size(), refused::getMessage);
    assertTrue(refused.problems().get(0).path().endsWith(plugin + "." + path), refused::getMessage);
  }
}
