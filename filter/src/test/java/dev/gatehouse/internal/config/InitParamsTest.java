package dev.gatehouse.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Route;
import dev.gatehouse.Secret;
import dev.gatehouse.internal.plugin.ConfiguredRoute;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class InitParamsTest {
  private final ConfigProblems mistakes = new ConfigProblems();

  @Test
  void route_whenParametersNamePlugins_isOneRouteForAllThatIsMapped() {
    Route route =
        route(
                Map.of(
                    "key-auth", "{\"header\": \"$env://HEADER\"}",
                    "limit-count", "{\"count\": 5, \"time_window\": 60}"))
            .orElseThrow()
            .route();
    assertEquals("orders", route.name());
    assertEquals(List.of("/*"), route.uris());
    assertEquals(Set.of(), route.methods());
    assertEquals("key-auth|limit-count", route.plugins().toString());
    assertEquals(
        Map.of("header", Secret.of("x-key")),
        route.plugins().asMap().values().iterator().next().values());
    assertEquals(List.of(), found());
  }

  @Test
  void route_whenNoParameterNamesAPlugin_isEmpty() {
    assertTrue(route(Map.of()).isEmpty());
    assertEquals(List.of(), found());
  }

  static Stream<Arguments> wrong() {
    String filter = "web.xml filter 'orders': ";
    return Stream.of(
        Arguments.of(
            "gatehouse.profile",
            "api7",
            filter
                + "gatehouse.profile: is a setting of the application;"
                + " give it as a context-param"),
        Arguments.of(
            "kye-auth",
            "{}",
            filter + "kye-auth: is not a known plugin;" + " known are key-auth, limit-count"),
        Arguments.of(
            "key-auth",
            "{\"haeder\": \"s3cr3t\"}",
            filter
                + "key-auth.haeder: is not known; known here:"
                + " header, realm, hide_credentials, anonymous_consumer, query"),
        Arguments.of(
            "key-auth",
            "{\"header\": \"a b\"}",
            filter + "key-auth.header: must be a header name (RFC 9110 token)"),
        Arguments.of(
            "key-auth",
            "{\"header\": \"$env://NONE\"}",
            filter + "key-auth.header: environment variable NONE is not set"),
        Arguments.of(
            "limit-count",
            "{\"count\": 0, \"time_window\": 60}",
            filter + "limit-count.count: must be a whole number from 1 to 1000, was 0"),
        Arguments.of(
            "limit-count",
            "{\"count\": s3cr3t}",
            filter + "limit-count: is not valid JSON (line 1, column 17)"),
        Arguments.of(
            "limit-count", "", filter + "limit-count: must be an object (line 1, column 1)"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void route_whenAParameterIsWrong_namesFilterAndParameter(
      String name, String json, String expected) {
    route(Map.of(name, json));
    assertEquals(List.of(expected), found());
    assertFalse(found().toString().contains("s3cr3t"));
  }

  @Test
  void route_whenTwoParametersAreWrong_reportsBoth() {
    route(Map.of("kye-auth", "{}", "limit-count", "{\"count\": 1, \"time_window\": \"x\"}"));
    assertEquals(
        List.of(
            "web.xml filter 'orders': kye-auth: is not a known plugin;"
                + " known are key-auth, limit-count",
            "web.xml filter 'orders': limit-count.time_window:"
                + " must be a whole number from 1 to 1000, was \"x\""),
        found());
  }

  private Optional<ConfiguredRoute> route(Map<String, String> parameters) {
    return new InitParams("orders", parameters)
        .route(
            "web.xml filter 'orders'",
            TestPlugins.known(),
            TestPlugins.references(Map.of("HEADER", "x-key")),
            mistakes);
  }

  private List<String> found() {
    return mistakes.found().stream().map(ConfigProblem::toString).toList();
  }
}
