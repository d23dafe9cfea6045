package dev.gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.PluginSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/*",
        "/orders",
        "/orders/",
        "/orders/*",
        "/a/b/*",
        "*.do",
        "*.tar.gz",
        "/a.b",
        "/.well-known/x",
        "/\u00e4"
      })
  void servletPattern_isAccepted(String pattern) {
    assertEquals(List.of(pattern), route(pattern).uris());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*.",
        "orders",
        "orders/*",
        "**",
        "/**",
        "/a*",
        "/*/b",
        "/a/*b",
        "*.d/o",
        "*.d*",
        "*.a/*"
      })
  void otherShape_isRefused(String pattern) {
    refused("uris[0]", "must be /exact, /prefix/* or *.extension, was \"", pattern);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//",
        "/a//b",
        "/a//*",
        "//*",
        "/a%20b",
        "/a;b",
        "/a\\b",
        "/a?b",
        "/a#b",
        "/a b",
        "/a\nb",
        "/a\u007fb",
        "*.d;o"
      })
  void patternThatNoRequestCanMatch_isRefused(String pattern) {
    refused("uris[0]", "must be a decoded path without // % ; \\ ? # and blanks, was \"", pattern);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/.", "/..", "/a/../b", "/a/./*", "/.../*", "/a/.."})
  void dotSegments_areRefused(String pattern) {
    refused("uris[0]", "must not have a segment of dots only, was \"", pattern);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "get", "G T", "GET\n", "*"})
  void methodThatIsNotUpperCase_isRefused(String method) {
    ConfigException e =
        thrown(() -> new Route("r", List.of("/*"), Set.of(method), PluginSet.EMPTY));
    assertEquals("methods", e.problems().get(0).path());
  }

  @Test
  void secondPattern_isReportedByItsIndex() {
    ConfigException e = thrown(() -> new Route("r", List.of("/a", "b"), Set.of(), PluginSet.EMPTY));
    assertEquals("uris[1]", e.problems().get(0).path());
  }

  @Test
  void routeWithoutNameOrPattern_isRefused() {
    assertEquals(
        "name",
        thrown(() -> new Route(" ", List.of("/*"), Set.of(), PluginSet.EMPTY))
            .problems()
            .get(0)
            .path());
    assertEquals(
        "uris",
        thrown(() -> new Route("r", List.of(), Set.of(), PluginSet.EMPTY))
            .problems()
            .get(0)
            .path());
  }

  @Test
  void route_copiesItsLists_andPrintsItself() {
    List<String> uris = new ArrayList<>(List.of("/a", "/b/*"));
    Route route = new Route("r", uris, Set.of("GET", "M-SEARCH"), PluginSet.EMPTY);
    uris.clear();
    assertEquals("Route(/a /b/* )", route.toString());
    assertThrows(UnsupportedOperationException.class, () -> route.methods().clear());
  }

  private static Route route(String pattern) {
    return new Route("r", List.of(pattern), Set.of(), PluginSet.EMPTY);
  }

  private static void refused(String path, String text, String pattern) {
    ConfigException e = thrown(() -> route(pattern));
    assertEquals(List.of(new ConfigProblem(path, text + pattern + '"')), e.problems());
  }

  private static ConfigException thrown(Executable build) {
    return assertThrows(ConfigException.class, build);
  }
}
