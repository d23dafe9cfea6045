package dev.gatehouse.internal.restrict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Consumer;
import dev.gatehouse.Profile;
import dev.gatehouse.contract.Configured;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AclTest {
  private static final Map<String, Object> GOLD =
      Map.of("allow_labels", Map.of("tier", List.of("gold", "silver")));
  private final Acl plugin = new Acl();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gold|true",
        "silver|true",
        "Gold|false",
        "bronze|false",
        "goldsilver|false",
        "bronze,gold|true",
        "bronze,golden|false",
        ",gold|true",
        "gold,|true",
        "[\"gold\"]|true",
        "[\"bronze\",\"silver\"]|true",
        "[\"bronze\"]|false",
        "[\"go\\u006cd\"]|true",
        "[]|false",
        "[1,true,null,\"gold\"]|true",
        "[[\"gold\"]]|false",
        "[{\"a\":\"gold\"}]|false",
        "[\"gold\"|false",
        "[\"gold\",]|false",
        "[\"gold\"]x|false",
        "[gold]|false",
        "['gold']|false",
        "{\"a\":\"gold\"}|false",
        "\"gold\"|false"
      })
  void check_withAllowLabels_asksEachValueOfTheLabel(String label, boolean passes) {
    assertEquals(passes, passes(GOLD, Consumer.named("acme").label("tier", label).build()));
  }

  @Test
  void check_withAllowLabels_needsTheLabel() {
    assertTrue(!passes(GOLD, Consumer.named("acme").build()));
    assertTrue(!passes(GOLD, Consumer.named("acme").label("team", "gold").build()));
  }

  @Test
  void check_withSeveralLabels_oneIsEnough() {
    Map<String, Object> settings =
        Map.of("allow_labels", Map.of("tier", List.of("gold"), "team", List.of("ops")));

    assertTrue(passes(settings, Consumer.named("a").label("team", "ops").build()));
    assertTrue(
        passes(settings, Consumer.named("a").label("tier", "x").label("team", "ops").build()));
  }

  @Test
  void check_withDenyLabels_letsTheOthersPass() {
    Map<String, Object> settings = Map.of("deny_labels", Map.of("tier", List.of("trial")));

    assertTrue(!passes(settings, Consumer.named("a").label("tier", "gold,trial").build()));
    assertTrue(passes(settings, Consumer.named("a").label("tier", "gold").build()));
    assertTrue(passes(settings, Consumer.named("a").build()));
  }

  @Test
  void check_whenDeniedAndAllowed_isDenied() {
    Map<String, Object> settings =
        Map.of(
            "allow_labels", Map.of("tier", List.of("gold")),
            "deny_labels", Map.of("state", List.of("blocked")));

    assertTrue(passes(settings, Consumer.named("a").label("tier", "gold").build()));
    assertTrue(
        !passes(
            settings, Consumer.named("a").label("tier", "gold").label("state", "blocked").build()));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void check_whenRefused_answersTheTextOfApisix(Profile profile) {
    assertEquals(
        Reply.message(403, "The consumer is forbidden."), refused(profile, GOLD, "bronze"));
  }

  @Test
  void check_whenRefused_answersWhatIsConfigured() {
    Map<String, Object> settings =
        Map.of(
            "allow_labels",
            Map.of("tier", List.of("gold")),
            "rejected_code",
            404,
            "rejected_msg",
            "no such thing");

    assertEquals(Reply.message(404, "no such thing"), refused(Profile.STRICT, settings, "bronze"));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void check_withoutConsumer_is401(Profile profile) {
    Acl.Config config = read(profile, GOLD).valid();

    Decision decision = plugin.check(config, TestRequests.call(null, FakeRequest.get("/")));

    assertEquals(
        Reply.message(401, "Missing authentication."),
        assertInstanceOf(Decision.Deny.class, decision).reply());
  }

  @Test
  void configure_withoutLabels_isRefused() {
    assertEquals(
        List.of("allow_labels: is required: label to list of values, unless deny_labels is given"),
        read(Profile.STRICT, Map.of()).problems());
  }

  @Test
  void configure_whenAListIsEmptyOrNone_isRefused() {
    assertEquals(1, read(Profile.STRICT, Map.of("allow_labels", Map.of())).problems().size());
    assertEquals(
        List.of("deny_labels.tier: must be a list of at least one text, was an empty list"),
        read(Profile.STRICT, Map.of("deny_labels", Map.of("tier", List.of()))).problems());
    assertEquals(
        List.of("deny_labels.tier: must be a list of at least one text, was \"gold\""),
        read(Profile.STRICT, Map.of("deny_labels", Map.of("tier", "gold"))).problems());
  }

  @ParameterizedTest
  @ValueSource(ints = {199, 600})
  void configure_whenStatusIsNone_isRefused(int code) {
    assertEquals(
        List.of("rejected_code: must be a whole number from 200 to 599, was " + code),
        read(
                Profile.STRICT,
                Map.of("allow_labels", Map.of("a", List.of("b")), "rejected_code", code))
            .problems());
  }

  @Test
  void builtIn_holdsEachOnce() {
    assertEquals(
        List.of(
            "cors",
            "client-control",
            "ip-restriction",
            "ua-restriction",
            "referer-restriction",
            "uri-blocker",
            "request-validation",
            "limit-failed-auth",
            "acl",
            "consumer-restriction",
            "attach-consumer-label",
            "workflow",
            "limit-conn",
            "limit-count",
            "limit-req"),
        Interceptors.builtIn().stream().map(one -> one.name()).toList());
    assertEquals(2410, plugin.priority());
    assertTrue(read(Profile.STRICT, GOLD).valid().toString().startsWith("acl(allow={tier="));
  }

  private boolean passes(Map<String, Object> settings, Consumer consumer) {
    Decision decision =
        plugin.check(read(Profile.STRICT, settings).valid(), TestRequests.of(consumer));
    if (decision instanceof Decision.Allow) {
      assertSame(Decision.ALLOW, decision);
      return true;
    }
    return false;
  }

  private Reply refused(Profile profile, Map<String, Object> settings, String tier) {
    Consumer consumer = Consumer.named("acme").label("tier", tier).build();
    Decision decision = plugin.check(read(profile, settings).valid(), TestRequests.of(consumer));
    return assertInstanceOf(Decision.Deny.class, decision).reply();
  }

  private Configured<Acl.Config> read(Profile profile, Map<String, Object> settings) {
    return Configured.of(
        settings,
        reader ->
            plugin.configure(
                reader, TestRequests.parts(profile, new NaiveRateLimiter(), new TestClock())));
  }
}
