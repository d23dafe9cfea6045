package dev.gatehouse.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.Route;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.CredentialEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ConfigurationTest {
  private static final String ROUTE =
      """
      routes:
        - uris: ["/orders/*"]
          plugins: { key-auth: {} }
      """;

  private final ConfigProblems mistakes = new ConfigProblems();

  @Test
  void read_whenRight_givesRoutesAndConsumers() {
    Configuration file =
        read(
            """
            routes:
              - uris: ["/orders/*", "/exact"]
                methods: [GET, POST]
                plugins: { key-auth: {}, limit-count: { count: 5, time_window: 60 } }
              - name: open
                uris: ["/*"]
                plugins: {}
            consumers:
              - username: acme
                desc: the first partner
                labels: { tier: gold }
                plugins: { limit-count: { count: 100, time_window: 60 } }
                credentials:
                  - name: primary
                    plugins: { key-auth: { key: $env://ACME_KEY } }
                    labels: { by: ops }
                    not_before: 2026-01-01T00:00:00Z
                    expires_at: "2030-12-31T23:59:59.5+01:00"
                  - id: second
                    name: the second one
                    disabled: true
                    plugins: { key-auth: { key: s3cr3t-2 } }
              - username: bob
            """,
            Map.of("ACME_KEY", "s3cr3t-1"));
    assertEquals(List.of(), found());
    assertEquals(List.of(), file.warnings());
    assertRoutes(file.routes());
    assertAcme(file.consumers().get(0));
    assertEquals("bob", file.consumers().get(1).consumer().username());
    assertEquals(List.of(), file.consumers().get(1).credentials());
  }

  /** A name that counts Routes hands a used-up counter to the one that is inserted. */
  @Test
  void routeWithoutName_isCalledByWhatItIs() {
    Configuration before = read("routes: [ { uris: [/b], plugins: {} } ]", Map.of());
    Configuration after =
        read(
            """
            routes:
              - { uris: [/a], plugins: {} }
              - { uris: [/b], plugins: { key-auth: {} } }
              - { uris: [/b], methods: [GET], plugins: {} }
              - { uris: [/b], plugins: {} }
              - { name: "/b #2", uris: [/c], plugins: {} }
            """,
            Map.of());
    assertEquals(List.of(), found());
    assertEquals(List.of("/b"), before.routes().stream().map(Route::name).toList());
    assertEquals(
        List.of("/a", "/b", "GET /b", "/b #3", "/b #2"),
        after.routes().stream().map(Route::name).toList());
  }

  private static void assertRoutes(List<Route> routes) {
    Route first = routes.get(0);
    assertEquals("GET POST /exact /orders/*", first.name());
    assertEquals(List.of("/orders/*", "/exact"), first.uris());
    assertEquals(Set.of("GET", "POST"), first.methods());
    assertEquals("key-auth|limit-count", first.plugins().toString());
    assertEquals("open", routes.get(1).name());
    assertTrue(routes.get(1).plugins().isEmpty());
    assertEquals(2, routes.size());
  }

  private static void assertAcme(ConsumerEntry entry) {
    Consumer acme = entry.consumer();
    assertEquals(Optional.of("the first partner"), acme.description());
    assertEquals(Map.of("tier", "gold"), acme.labels());
    assertEquals("limit-count", acme.plugins().toString());
    CredentialEntry primary = entry.credentials().get(0);
    assertEquals(LookupDigest.plain().of("s3cr3t-1"), primary.lookup());
    assertEquals("primary", primary.credential().id());
    assertEquals("key-auth", primary.credential().plugin());
    assertEquals(
        Optional.of(Instant.parse("2026-01-01T00:00:00Z")), primary.credential().notBefore());
    assertEquals(
        Optional.of(Instant.parse("2030-12-31T22:59:59.5Z")), primary.credential().expiresAt());
    Credential second = entry.credentials().get(1).credential();
    assertEquals("second", second.id());
    assertEquals("the second one", second.name());
    assertTrue(second.disabled());
  }

  static Stream<Arguments> wrongRoutes() {
    return Stream.of(
        Arguments.of(
            "{ uris: [/a], plugins: { kye-auth: {} } }",
            "routes[0].plugins.kye-auth: is not a known plugin; known are key-auth, limit-count"),
        Arguments.of(
            "{ uris: [/a], plugins: { limit-count: { cuont: 5, count: 5, time_window: 6 } } }",
            "routes[0].plugins.limit-count.cuont: is not known; known here: count, time_window, _meta"),
        Arguments.of(
            "{ uris: [/a], plugins: { limit-count: { count: 0, time_window: 6 } } }",
            "routes[0].plugins.limit-count.count: must be a whole number from 1 to 1000, was 0"),
        Arguments.of(
            "{ uris: [/a], plugins: { limit-count: { count: 5.5, time_window: 6 } } }",
            "routes[0].plugins.limit-count.count: must be a whole number from 1 to 1000, was 5.5"),
        Arguments.of(
            "{ uris: [/a], plugins: { limit-count: { count: \"5\", time_window: 6 } } }",
            "routes[0].plugins.limit-count.count:"
                + " must be a whole number from 1 to 1000, was \"5\""),
        Arguments.of(
            "{ uris: [/a], plugins: { limit-count: { time_window: 6 } } }",
            "routes[0].plugins.limit-count.count: is required: a whole number from 1 to 1000"),
        Arguments.of(
            "{ uris: [/a], plugins: { key-auth: true } }",
            "routes[0].plugins.key-auth: must be an object, was true"),
        Arguments.of(
            "{ uris: [/a], plugins: { key-auth: { header: $env://NONE } } }",
            "routes[0].plugins.key-auth.header: environment variable NONE is not set"),
        Arguments.of(
            "{ uris: [a], plugins: {} }",
            "routes[0].uris[0]: must be /exact, /prefix/* or *.extension, was \"a\""),
        Arguments.of(
            "{ uris: [/a], methods: [get], plugins: {} }",
            "routes[0].methods: must be upper-case HTTP methods, was \"get\""),
        Arguments.of("{ plugins: {} }", "routes[0].uris: must hold at least one pattern"),
        Arguments.of(
            "{ uris: /a, plugins: {} }",
            "routes[0].uris: must be a list of at least one text, was \"/a\""),
        Arguments.of(
            "{ uris: [/a] }", "routes[0].plugins: is required; {} lets every request through"),
        Arguments.of(
            "{ uris: [/a], plugins: {}, method: [GET] }",
            "routes[0].method: is not known; known here: name, uris, methods, plugins"),
        Arguments.of("5", "routes[0]: must be an object, was a number"));
  }

  @ParameterizedTest
  @MethodSource("wrongRoutes")
  void read_whenARouteIsWrong_reportsItByFullPath(String route, String expected) {
    read("routes: [ " + route + " ]", Map.of());
    assertEquals(List.of(expected), found());
  }

  static Stream<Arguments> wrongConsumers() {
    return Stream.of(
        Arguments.of("{ desc: x }", "consumers[0].username: is required"),
        Arguments.of(
            "{ username: \"a b\" }",
            "consumers[0].username: must match ^[a-zA-Z0-9_-]+$ and have 1 to 512 characters"),
        Arguments.of(
            "{ username: acme, lables: {} }",
            "consumers[acme].lables: is not known;"
                + " known here: username, desc, labels, group_id, plugins, credentials"),
        Arguments.of(
            "{ username: acme, labels: { tier: 1 } }",
            "consumers[acme].labels.tier: must be a text, was 1"),
        Arguments.of(
            "{ username: acme, labels: { tier: \"a b\" } }",
            "consumers[acme].labels.tier:"
                + " must be 1 to 256 characters without blanks and control characters"),
        Arguments.of(
            "{ username: acme, plugins: { key-auth: { kye: s3cr3t, key: a } } }",
            "consumers[acme].plugins.key-auth.kye: is not known; known here: key"),
        Arguments.of(
            "{ username: acme, plugins: { key-auth: s3cr3t } }",
            "consumers[acme].plugins.key-auth: must be an object with members"),
        Arguments.of(
            "{ username: acme, plugins: { kye-auth: {} } }",
            "consumers[acme].plugins.kye-auth: is not a known plugin; known are key-auth,"
                + " limit-count"),
        Arguments.of(
            "{ username: acme, plugins: { limit-count: { count: 5, time_window: 0 } } }",
            "consumers[acme].plugins.limit-count.time_window:"
                + " must be a whole number from 1 to 1000, was 0"),
        Arguments.of(
            "{ username: acme, desc: $env://NONE }",
            "consumers[acme].desc: environment variable NONE is not set"),
        Arguments.of(
            "{ username: acme }, { username: acme }",
            "consumers[1].username: \"acme\" is the name of another one"),
        Arguments.of("acme", "consumers[0]: must be an object with members"),
        Arguments.of(
            "{ username: acme, credentials: {} }",
            "consumers[acme].credentials: must be a list of objects"));
  }

  @ParameterizedTest
  @MethodSource("wrongConsumers")
  void read_whenAConsumerIsWrong_reportsItByFullPath(String consumer, String expected) {
    read("consumers: [ " + consumer + " ]", Map.of());
    assertEquals(List.of(expected), found());
  }

  static Stream<Arguments> wrongCredentials() {
    String one = "consumers[acme].credentials[one]";
    return Stream.of(
        Arguments.of(
            "{ plugins: { key-auth: { key: s3cr3t } } }",
            "consumers[acme].credentials[0].name: is required"),
        Arguments.of(
            "{ name: one }",
            one + ".plugins: must hold exactly one credential plugin; known are key-auth"),
        Arguments.of(
            "{ name: one, plugins: { limit-count: { count: 5, time_window: 1 } } }",
            one + ".plugins.limit-count: is not a known credential plugin; known are key-auth"),
        Arguments.of(
            "{ name: one, plugins: { key-auth: { kye: s3cr3t, key: s3cr3t } } }",
            one + ".plugins.key-auth.kye: is not known; known here: key"),
        Arguments.of(
            "{ name: one, plugins: { key-auth: {} } }", one + ".plugins.key-auth.key: is required"),
        Arguments.of(
            "{ name: one, plugins: { key-auth: s3cr3t } }",
            one + ".plugins.key-auth: must be an object, was a text"),
        Arguments.of(
            "{ name: one, plugins: { key-auth: 53237 } }",
            one + ".plugins.key-auth: must be an object, was a number"),
        Arguments.of(
            "{ name: one, plugins: { key-auth: { key: 53237 } } }",
            one + ".plugins.key-auth.key: must be a text; put it in quotes"),
        Arguments.of(
            "{ name: one, plugins: { key-auth: { key: $secret://vault/s3cr3t } } }",
            one
                + ".plugins.key-auth.key: $secret:// is not known; known are $env://NAME,"
                + " $env://NAME/member, $file:///absolute/path and $text://text"),
        Arguments.of(
            "{ name: one, expires_at: 2030-01-01, plugins: { key-auth: { key: s3cr3t } } }",
            one + ".expires_at: must be a date and time of RFC 3339, as 2030-12-31T23:59:59Z"),
        Arguments.of(
            "{ name: one, expires_at: 2030-02-30T00:00:00Z, plugins: { key-auth: { key: s3cr3t } } }",
            one + ".expires_at: must be a date and time of RFC 3339, as 2030-12-31T23:59:59Z"),
        Arguments.of(
            "{ name: one, not_before: 2030-01-01T00:00:00Z, expires_at: 2029-01-01T00:00:00Z,"
                + " plugins: { key-auth: { key: s3cr3t } } }",
            one + ".expires_at: must be later than not_before"),
        Arguments.of(
            "{ name: one, disabled: yes, plugins: { key-auth: { key: s3cr3t } } }",
            one + ".disabled: must be true or false, was \"yes\""),
        Arguments.of(
            "{ name: one, expires: x, plugins: { key-auth: { key: s3cr3t } } }",
            one
                + ".expires: is not known; known here:"
                + " plugins, name, id, desc, labels, disabled, not_before, expires_at"),
        Arguments.of(
            "{ name: the one, plugins: { key-auth: { key: s3cr3t } } }",
            "consumers[acme].credentials[0].id: is required because the name is none:"
                + " ^[a-zA-Z0-9-_.]+$, 1 to 64 characters"),
        Arguments.of(
            "{ name: one, id: \"a b\", plugins: { key-auth: { key: s3cr3t } } }",
            one + ".id: must match ^[a-zA-Z0-9-_.]+$ and have 1 to 64 characters"),
        Arguments.of(
            "{ name: one, id: x, plugins: { key-auth: { key: s3cr3t1 } } },"
                + " { name: two, id: x, plugins: { key-auth: { key: s3cr3t2 } } }",
            "consumers[acme].credentials[1].id:"
                + " \"x\" is taken by another credential of this Consumer"),
        Arguments.of(
            "{ name: one, plugins: { key-auth: { key: s3cr3t1 } } },"
                + " { name: one, id: two, plugins: { key-auth: { key: s3cr3t2 } } }",
            "consumers[acme].credentials[1].name:"
                + " \"one\" is taken by another credential of this Consumer"),
        Arguments.of(
            "{ name: one, plugins: { key-auth: { key: s3cr3t } } },"
                + " { name: two, plugins: { key-auth: { key: s3cr3t } } }",
            "consumers[acme].credentials[two].plugins.key-auth.key: duplicate key of plugin"
                + " key-auth found with credential: one of consumer: acme"));
  }

  @ParameterizedTest
  @MethodSource("wrongCredentials")
  void read_whenACredentialIsWrong_reportsItByFullPathWithoutTheSecret(
      String credential, String expected) {
    read("consumers: [ { username: acme, credentials: [ " + credential + " ] } ]", Map.of());
    assertEquals(List.of(expected), found());
    assertFalse(found().toString().contains("s3cr3t"));
    assertFalse(found().toString().contains("53237"));
  }

  @Test
  void read_whenTwoConsumersShareAKey_namesTheHolder() {
    read(
        """
        consumers:
          - username: acme
            credentials: [ { name: primary, plugins: { key-auth: { key: $env://A } } } ]
          - username: bob
            credentials: [ { name: own, plugins: { key-auth: { key: $env://B } } } ]
        """,
        Map.of("A", "s3cr3t", "B", "s3cr3t"));
    assertEquals(
        List.of(
            "consumers[bob].credentials[own].plugins.key-auth.key: duplicate key of plugin"
                + " key-auth found with credential: primary of consumer: acme"),
        found());
  }

  @Test
  void read_whenAReferenceOfACredentialGivesNothing_leavesOutThatCredentialOnly() {
    Configuration file =
        read(
            """
            consumers:
              - username: acme
                credentials:
                  - name: primary
                    plugins: { key-auth: { key: $env://NONE } }
                  - name: second
                    plugins: { key-auth: { key: s3cr3t } }
            """,
            Map.of());
    assertEquals(List.of(), found());
    assertEquals(
        List.of(
            "consumers[acme].credentials[primary].plugins.key-auth.key:"
                + " environment variable NONE is not set; this credential is left out"),
        file.warnings().stream().map(ConfigProblem::toString).toList());
    assertEquals(
        List.of("second"),
        file.consumers().get(0).credentials().stream().map(c -> c.credential().id()).toList());
  }

  @Test
  void read_whenAReferenceOfAnInlineCredentialGivesNothing_leavesOutThatCredentialOnly() {
    Configuration file =
        read(
            """
            consumers:
              - username: acme
                plugins:
                  key-auth: { key: $env://NONE }
                  limit-count: { count: 5, time_window: 60 }
                credentials: [ { name: own, plugins: { key-auth: { key: s3cr3t } } } ]
            """,
            Map.of());
    assertEquals(List.of(), found());
    assertEquals(
        List.of(
            "consumers[acme].plugins.key-auth.key:"
                + " environment variable NONE is not set; this credential is left out"),
        file.warnings().stream().map(ConfigProblem::toString).toList());
    ConsumerEntry acme = file.consumers().get(0);
    assertEquals(
        List.of("own"), acme.credentials().stream().map(c -> c.credential().id()).toList());
    assertEquals(Set.of("limit-count"), acme.consumer().plugins().asMap().keySet());
  }

  @Test
  void read_whenALeftOutCredentialHasAnotherProblem_findsIt() {
    read(
        """
        consumers:
          - username: acme
            credentials:
              - name: primary
                plugins: { key-auth: { kye: x, key: $env://NONE } }
        """,
        Map.of());
    assertEquals(
        List.of(
            "consumers[acme].credentials[primary].plugins.key-auth.kye:"
                + " is not known; known here: key"),
        found());
  }

  @Test
  void read_whenManyPlacesAreWrong_reportsAllInOneException() {
    read(
        """
        route: []
        routes:
          - uris: ["/orders/*"]
            plugins:
              kye-auth: {}
              limit-count: { count: many, time_window: 60, time_windwo: 60 }
        consumers:
          - username: acme
            plugins: { limit-count: { count: -1, time_window: 60 } }
            credentials:
              - name: primary
                plugins: { key-auth: { key: "" } }
        """,
        Map.of());
    assertEquals(
        """
        Gatehouse is not configured: 6 mistakes
          routes[0].plugins.kye-auth: is not a known plugin; known are key-auth, limit-count
          routes[0].plugins.limit-count.count: must be a whole number from 1 to 1000, was "many"
          routes[0].plugins.limit-count.time_windwo: is not known; known here: count, time_window, _meta
          route: is not known; known here: routes, plugins, consumer_groups, consumers
          consumers[acme].plugins.limit-count.count: must be a whole number from 1 to 1000, was -1
          consumers[acme].credentials[primary].plugins.key-auth.key: must not be empty""",
        assertThrows(ConfigException.class, mistakes::throwIfAny).getMessage());
  }

  @Test
  void read_whenTwoRoutesHaveOneName_reportsIt() {
    read(
        "routes: [ { name: a, uris: [/a], plugins: {} }, { name: a, uris: [/b], plugins: {} } ]",
        Map.of());
    assertEquals(List.of("routes[1].name: \"a\" is the name of another route"), found());
  }

  @Test
  void read_whenTheTextIsBroken_namesFileAndPlace() {
    assertEquals(Configuration.EMPTY, read(ROUTE + "consumers: @s3cr3t", Map.of()));
    assertEquals(
        List.of(
            "gatehouse.yaml: is not valid YAML (gatehouse.yaml line 4, column 12): a text that"
                + " begins with @, % or ` is not in quotes"),
        found());
  }

  private Configuration read(String text, Map<String, String> environment) {
    return Configuration.read("gatehouse.yaml", text, TestPlugins.reading(environment), mistakes);
  }

  private List<String> found() {
    return mistakes.found().stream().map(ConfigProblem::toString).toList();
  }
}
