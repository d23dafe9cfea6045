package dev.gatehouse.internal.restrict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Consumer;
import dev.gatehouse.Profile;
import dev.gatehouse.contract.Configured;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.GateRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests {@code acl} for users that the application has authenticated. */
class ExternalUserTest {
  private static final Map<String, Object> TEAMS =
      Map.of("org", List.of("api7", "apache"), "team", List.of("cloud", "infra"));
  private final Acl plugin = new Acl();

  /**
   * Returns what the application says, the four settings, and whether allow_labels lets it pass.
   */
  static Stream<Arguments> users() {
    String deep = "$.orgs..team";
    return Stream.of(
        user(Map.of("team", List.of("infra", "fake")), true, "team"),
        user(Map.of("team", List.of("fake")), false, "team"),
        user(Map.of("team", List.of()), false, "team"),
        user(Map.of("other", "cloud"), false, "team"),
        user(Map.of("team", "cloud"), true, "team"),
        user(Map.of("team", "qa, cloud"), true, "team"),
        user(Map.of("team", "[\"qa\",\"cloud\"]"), true, "team"),
        user(Map.of("team", "[cloud"), false, "team"),
        user(Map.of("team", 7L), false, "team"),
        user(Map.of("team", List.of(List.of("cloud"))), false, "team"),
        user(Map.of("team", "Cloud"), false, "team"),
        user(inOrgs(List.of("cloud", "infra")), true, deep, "team", "table"),
        user(inOrgs("cloud,infra"), false, deep, "team", "table"),
        user(inOrgs("cloud|qa"), true, deep, "team", "segmented_text", "\\|"),
        user(inOrgs("qa  |  cloud"), true, deep, "team", "segmented_text", "\\|"),
        user(inOrgs("cloud|qa"), false, deep, "team", "segmented_text", "|"),
        user(inOrgs(List.of("cloud")), false, deep, "team", "segmented_text", "\\|"),
        user(inOrgs("[\"cloud\"]"), true, "$..team", "team", "json"),
        user(inOrgs("[cloud"), false, "$..team", "team", "json"),
        user(inOrgs("cloud"), false, "$..team", "team", "json"),
        user(inOrgs(List.of("cloud")), false, "$..team", "team", "json"),
        user(inOrgs("cloud,infra"), false, "$..team"),
        user(Map.of("a", Map.of("b", List.of("x", "cloud"))), true, "$['a'].b[1]", "team"),
        user(Map.of("a", Map.of("b", List.of("x", "cloud"))), false, "a.b[0]", "team"),
        user(Map.of("a", List.of(Map.of("t", "x"), Map.of("t", "infra"))), true, "a[*].t", "team"),
        user(
            Map.of("orgs", Map.of("a", Map.of("team", "x|cloud"), "b", Map.of("team", List.of()))),
            true,
            deep,
            "team",
            "segmented_text",
            "\\|"));
  }

  private static Arguments user(Map<String, Object> claims, boolean passes, String... settings) {
    return Arguments.of(claims, passes, List.of(settings));
  }

  private static Map<String, Object> inOrgs(Object team) {
    return Map.of("orgs", Map.of("api7", Map.of("team", team)));
  }

  @ParameterizedTest
  @MethodSource("users")
  void user_isAllowedByItsLabel_andDeniedByIt(
      Map<String, Object> claims, boolean passes, List<String> settings) {
    Map<String, Object> allow = new HashMap<>(Map.of("allow_labels", TEAMS));
    allow.putAll(settings(settings));
    assertEquals(passes ? "ok" : "403", answer(allow, claims, null));
    Map<String, Object> deny = new HashMap<>(Map.of("deny_labels", TEAMS));
    deny.putAll(settings(settings));
    assertEquals(passes ? "403" : "ok", answer(deny, claims, null));
  }

  private static Map<String, Object> settings(List<String> values) {
    Map<String, Object> settings = new HashMap<>();
    List<String> names = List.of("", "_key", "_parser", "_separator");
    for (int i = 0; i < values.size(); i++) {
      settings.put("external_user_label_field" + names.get(i), values.get(i));
    }
    return settings;
  }

  @Test
  void consumer_goesBeforeAnExternalUser() {
    Map<String, Object> settings =
        Map.of("allow_labels", TEAMS, "external_user_label_field", "team");
    Consumer stranger = Consumer.named("acme").label("team", "qa").build();
    assertEquals("403", answer(settings, Map.of("team", "cloud"), stranger));
    Consumer known = Consumer.named("acme").label("team", "cloud").build();
    assertEquals("ok", answer(settings, Map.of("team", "qa"), known));
  }

  @Test
  void noUser_is401_andAnotherTypeIsAnError() {
    Map<String, Object> settings = Map.of("allow_labels", TEAMS);
    assertEquals("401", answer(settings, null, null));
    assertThrows(IllegalStateException.class, () -> answer(settings, "admin", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "_parser # xml # external_user_label_field_parser: must be one of segmented_text, json",
        "_parser # segmented_text # external_user_label_field_separator: is required",
        "_key # '' # external_user_label_field_key: must not be empty",
        "_separator # '' # external_user_label_field_separator: must not be empty",
        "_separator # (bad(x # external_user_label_field_separator: must be an expression of RE2",
        "'' # $..([bad # external_user_label_field: invalid external_user_label_field: must have",
        "'' # $ # external_user_label_field: invalid external_user_label_field: names nothing",
        "'' # a[1:2] # external_user_label_field: invalid external_user_label_field: must have a",
        "'' # a[?(@.x)] # external_user_label_field: invalid external_user_label_field: must have",
        "'' # a b # external_user_label_field: invalid external_user_label_field: must go on"
      })
  void wrongSetting_isReported(String name, String value, String problem) {
    List<String> mistakes =
        configured(Map.of("allow_labels", TEAMS, "external_user_label_field" + name, value))
            .problems();
    assertEquals(1, mistakes.size(), mistakes::toString);
    assertTrue(mistakes.get(0).startsWith(problem), mistakes::toString);
  }

  private String answer(
      Map<String, Object> settings, @Nullable Object user, @Nullable Consumer consumer) {
    FakeRequest request = FakeRequest.get("/orders");
    if (user != null) {
      request.attribute(GateRequest.EXTERNAL_USER, user);
    }
    Decision decision =
        plugin.check(configured(settings).valid(), TestRequests.call(consumer, request));
    return decision instanceof Decision.Deny deny ? String.valueOf(deny.reply().status()) : "ok";
  }

  private Configured<Acl.Config> configured(Map<String, Object> settings) {
    return Configured.of(
        settings,
        reader ->
            plugin.configure(
                reader,
                TestRequests.parts(Profile.STRICT, new NaiveRateLimiter(), new TestClock())));
  }
}
