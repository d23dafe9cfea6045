package dev.gatehouse.internal.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.Configured;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.restrict.TestRequests;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.store.Stores;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows, rules, groups, variables, headers and shadow mode of limit-count. */
class CountRulesTest {
  private static final long HOUR = 3_600_000;
  private final TestClock clock = new TestClock(500_000 * HOUR + 10_000);
  private final RateLimiter limits = Stores.localLimits(1_000);
  private final LimitCount plugin = new LimitCount();

  @Test
  void sliding_weighsTheWindowBefore() {
    LimitCount.Config config = config(base("window_type", "sliding", "count", 4));
    assertEquals("3 50", shown(config));
    assertEquals("2 50", shown(config));
    assertEquals("1 50", shown(config));
    assertEquals("0 50", shown(config));
    assertEquals("refused 0 50 retry 50", shown(config));

    clock.advance(Duration.ofMillis(50_000 + 30_001));
    assertEquals("1 30", shown(config), "4 x 0.49998 of the window before, and 1 of 4");
    assertEquals("0 30", shown(config));
    assertEquals("0 30", shown(config), "3.99993 of 4 before it");
    assertEquals("refused 0 15 retry 15", shown(config), "29.999 - 1 / (4 / 60)");
  }

  @Test
  void strict_neverAdmitsTheLimitTwiceAroundABoundary() {
    LimitCount.Config config = config(base("window_type", "strict", "count", 2));
    clock.advance(Duration.ofSeconds(49));
    assertEquals("1 61", shown(config));
    assertEquals("0 61", shown(config));
    clock.advance(Duration.ofSeconds(2));
    assertEquals("refused 0 59 retry 59", shown(config));
    clock.advance(Duration.ofSeconds(59));
    assertEquals("1 61", shown(config));
  }

  @Test
  void align_clock_endsWithTheHour() {
    LimitCount.Config config = config(base("align", "clock", "count", 1, "time_window", 3600));
    assertEquals("0 3590", shown(config));
    assertEquals("refused 0 3590 retry 3590", shown(config));
    clock.advance(Duration.ofSeconds(3590));
    assertEquals("0 3600", shown(config));
  }

  @ParameterizedTest
  @CsvSource({"fixed", "sliding", "strict"})
  void changedLimit_preservesUsage(String type) {
    LimitCount.Config five = config(base("window_type", type, "count", 5));
    for (int i = 0; i < 5; i++) {
      shown(five);
    }
    assertEquals(
        "2", shown(config(base("window_type", type, "count", 8))).substring(0, 1), "8 - 5 - 1");
    assertEquals("refused", shown(config(base("window_type", type, "count", 3))).substring(0, 7));
  }

  @Test
  void rules_countApartAndShowTheirHeaders() {
    LimitCount.Config config =
        config(
            Map.of(
                "rules",
                List.of(
                    rule(2, 1, "$consumer_name", "second"),
                    rule(3, 60, "$consumer_name", "minute"))));
    assertEquals(
        List.of(
            new Header("X-second-RateLimit-Limit", "2"),
            new Header("X-second-RateLimit-Remaining", "1"),
            new Header("X-second-RateLimit-Reset", "1"),
            new Header("X-minute-RateLimit-Limit", "3"),
            new Header("X-minute-RateLimit-Remaining", "2"),
            new Header("X-minute-RateLimit-Reset", "60")),
        headers(ask(config, call("acme"))));
    assertEquals("ok", decisionText(ask(config, call("acme"))));
    assertEquals("refused", decisionText(ask(config, call("acme"))));
    clock.advance(Duration.ofSeconds(1));
    assertEquals("ok", decisionText(ask(config, call("acme"))));
    assertEquals("refused", decisionText(ask(config, call("acme"))), "the minute is used up");
    clock.advance(Duration.ofSeconds(1));
    Decision refused = ask(config, call("acme"));
    assertEquals(
        new Header("Retry-After", "58"), headers(refused).get(headers(refused).size() - 1));
    assertEquals(
        "X-second-RateLimit-Remaining: 1",
        headers(refused).get(1).name() + ": " + headers(refused).get(1).value(),
        "the first rule has counted");
  }

  @Test
  void rules_withoutPrefix_areNumbered_andSkippedWithoutTheirKey() {
    LimitCount.Config config =
        config(
            Map.of(
                "rules",
                List.of(
                    rule(1, 60, "$http_x_team", ""), rule(9, 60, "${http_x_user ?? any}", ""))));
    Decision first = ask(config, call("acme"));
    assertEquals("X-2-RateLimit-Limit", headers(first).get(0).name());
    InterceptedRequest team =
        TestRequests.call(
            TestRequests.consumer("acme"), FakeRequest.get("/").header("X-Team", "blue"));
    assertEquals("X-1-RateLimit-Limit", headers(ask(config, team)).get(0).name());
    assertEquals("refused", decisionText(ask(config, team)));
  }

  @Test
  void rules_ofWhichNoneApplies_areABare500OrPass() {
    Map<String, Object> rules = Map.of("rules", List.of(rule(1, 60, "$http_x_team", "")));
    assertEquals("500 null", decisionText(ask(config(rules), call("acme"))));
    Map<String, Object> open = new HashMap<>(rules);
    open.put("allow_degradation", true);
    assertEquals("ok", decisionText(ask(config(open), call("acme"))));
  }

  @Test
  void group_isSharedByRoutesThatNameIt() {
    LimitCount.Config one = config(base("group", "plan", "key", "remote_addr"));
    LimitCount.Config other = config(base("group", "plan", "key", "remote_addr"));
    assertEquals("ok", decisionText(ask(one, TestRequests.of(TestRequests.consumer("acme")))));
    assertEquals("ok", decisionText(ask(other, TestRequests.of(TestRequests.consumer("bob")))));
    assertEquals("refused", decisionText(ask(one, TestRequests.of(TestRequests.consumer("bob")))));
    assertEquals(
        "ok",
        decisionText(
            ask(
                config(base("group", "else", "key", "remote_addr")),
                TestRequests.of(TestRequests.consumer("a")))));
  }

  /** A short window that is over must not begin the long one again. */
  @Test
  void group_ofAnotherLength_countsApart() {
    LimitCount.Config hour = config(base("group", "plan", "count", 2, "time_window", 3600));
    LimitCount.Config minute = config(base("group", "plan", "count", 9, "time_window", 60));
    assertEquals("ok", decisionText(ask(hour, call("acme"))));
    assertEquals("ok", decisionText(ask(hour, call("acme"))));
    clock.advance(Duration.ofMinutes(2));
    assertEquals("ok", decisionText(ask(minute, call("acme"))));
    assertEquals("refused", decisionText(ask(hour, call("acme"))), "two in an hour");
    clock.advance(Duration.ofMinutes(58));
    assertEquals("ok", decisionText(ask(hour, call("acme"))));
  }

  @Test
  void group_ofAnotherCount_sharesTheCounter() {
    LimitCount.Config three = config(base("group", "plan", "count", 3));
    LimitCount.Config one = config(base("group", "plan", "count", 1));
    assertEquals("ok", decisionText(ask(three, call("acme"))));
    assertEquals("refused", decisionText(ask(one, call("acme"))));
    assertEquals("ok", decisionText(ask(three, call("acme"))));
    assertEquals("ok", decisionText(ask(three, call("acme"))));
    assertEquals("refused", decisionText(ask(three, call("acme"))));
  }

  @ParameterizedTest
  @CsvSource({"fixed", "sliding", "strict"})
  void timeWindow_fromTheRequest_countsEachLengthApart(String type) {
    LimitCount.Config config =
        config(base("window_type", type, "count", 2, "time_window", "$http_x_seconds"));
    assertEquals("ok", decisionText(ask(config, lasting("3600"))));
    assertEquals("ok", decisionText(ask(config, lasting("3600"))));
    clock.advance(Duration.ofSeconds(5));
    assertEquals("ok", decisionText(ask(config, lasting("1"))));
    assertEquals("refused", decisionText(ask(config, lasting("3600"))), "two in an hour");
    assertEquals("500 null", decisionText(ask(config, call("acme"))), "not sent");
  }

  private static InterceptedRequest lasting(String seconds) {
    FakeRequest request = FakeRequest.get("/").header("X-Seconds", seconds);
    return TestRequests.call(TestRequests.consumer("acme"), request);
  }

  @ParameterizedTest
  @CsvSource({
    "2,ok",
    "0,500 null",
    "-1,500 null",
    "many,500 null",
    "9007199254740992,500 null",
    "'',500 null"
  })
  void count_mayComeFromTheRequest(String sent, String answer) {
    LimitCount.Config config = config(base("count", "$http_x_limit"));
    InterceptedRequest call =
        TestRequests.call(
            TestRequests.consumer("acme"), FakeRequest.get("/").header("X-Limit", sent));
    assertEquals(answer, decisionText(ask(config, call)));
    assertEquals("500 null", decisionText(ask(config, call("acme"))), "not sent");
    assertEquals(
        "ok",
        decisionText(ask(config(base("count", "${http_x_limit ?? 5}")), call("acme"))),
        "a default");
  }

  @Test
  void headers_haveTheNamesThatAreGiven() {
    LimitCount.Config config =
        config(base("limit_header", "L", "remaining_header", "R", "reset_header", "T", "count", 5));
    assertEquals(
        List.of(new Header("L", "5"), new Header("R", "4"), new Header("T", "60")),
        headers(ask(config, call("acme"))));
  }

  @Test
  void headers_ofTheStandard_nameThePolicyAndWhatIsLeft() {
    List<Header> ietf =
        List.of(
            new Header("RateLimit-Policy", "\"default\";q=2;w=60"),
            new Header("RateLimit", "\"default\";r=1;t=60"));
    assertEquals(ietf, headers(ask(config(base("ratelimit_headers", "ietf")), call("acme"))));
    LimitCount.Config both = config(base("ratelimit_headers", "both"));
    assertEquals(5, headers(ask(both, call("acme"))).size());
    assertEquals(List.of(), headers(ask(config(base("ratelimit_headers", "none")), call("bob"))));
    LimitCount.Config rules =
        config(
            Map.of(
                "ratelimit_headers",
                "ietf",
                "rules",
                List.of(rule(5, 1, "$consumer_name", "s"), rule(9, 60, "$consumer_name", "m"))));
    assertEquals(
        List.of(
            new Header("RateLimit-Policy", "\"s\";q=5;w=1, \"m\";q=9;w=60"),
            new Header("RateLimit", "\"s\";r=4;t=1, \"m\";r=8;t=60")),
        headers(ask(rules, call("acme"))));
  }

  @Test
  void enforceFalse_countsAndReports_butRefusesNothing() {
    LimitCount.Config shadow = config(base("enforce", false, "count", 1));
    assertEquals("ok", decisionText(ask(shadow, call("acme"))));
    Decision over = ask(shadow, call("acme"));
    assertEquals("ok, the window is used up", decisionText(over));
    assertEquals("0", headers(over).get(1).value());
    assertEquals(
        "refused", decisionText(ask(config(base("count", 1)), call("acme"))), "the same counter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "Content-Length", "Retry-After", "x:y"})
  void headerName_thatCannotBe_isAProblem(String name) {
    assertEquals(1, mistakes(base("limit_header", name)).size(), name);
  }

  @Test
  void settings_thatContradict_areProblemsAsInApisix() {
    List<Map<String, Object>> rules = List.of(rule(1, 1, "$consumer_name", ""));
    assertEquals(
        List.of("rules: count/time_window and rules cannot be specified at the same time"),
        mistakes(Map.of("count", 1, "rules", rules)));
    assertEquals(
        List.of("rules: group and rules cannot be specified at the same time"),
        mistakes(Map.of("group", "g", "rules", rules)));
    assertEquals(
        List.of("rules: duplicate key '$consumer_name' in rules"),
        mistakes(
            Map.of(
                "rules",
                List.of(rule(1, 1, "$consumer_name", ""), rule(2, 1, "$consumer_name", "")))));
    assertEquals(
        List.of("rules: must be a list of at least one object"),
        mistakes(Map.of("rules", List.of())));
    assertEquals(
        List.of("rules[0].key: holds no variable; write one as $name, or use key_type constant"),
        mistakes(Map.of("rules", List.of(rule(1, 1, "all", "")))));
    assertEquals(
        List.of("rules[0].header_prefix: must be 1 to 50 letters, digits, hyphens and underscores"),
        mistakes(Map.of("rules", List.of(rule(1, 1, "$consumer_name", "a b")))));
    assertEquals(
        List.of("align: is for window_type fixed; window_type is strict"),
        mistakes(base("align", "clock", "window_type", "strict")));
    assertEquals(
        List.of("ratelimit_headers: must be one of x, ietf, both, none, was \"all\""),
        mistakes(base("ratelimit_headers", "all")));
  }

  private static Map<String, Object> rule(long count, long seconds, String key, String prefix) {
    Map<String, Object> rule =
        new HashMap<>(Map.of("count", count, "time_window", seconds, "key", key));
    if (!prefix.isEmpty()) {
      rule.put("header_prefix", prefix);
    }
    return rule;
  }

  private static Map<String, Object> base(Object... namesAndValues) {
    Map<String, Object> settings =
        new HashMap<>(Map.of("count", 2, "time_window", 60, "key", "consumer_name"));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return settings;
  }

  private static InterceptedRequest call(String username) {
    return TestRequests.call(TestRequests.consumer(username), FakeRequest.get("/"));
  }

  private LimitCount.Config config(Map<String, Object> settings) {
    return read(settings).valid();
  }

  private List<String> mistakes(Map<String, Object> settings) {
    return read(settings).problems();
  }

  private Configured<LimitCount.Config> read(Map<String, Object> settings) {
    return Configured.of(
        settings,
        reader -> plugin.configure(reader, TestRequests.parts(Profile.STRICT, limits, clock)));
  }

  private Decision ask(LimitCount.Config config, InterceptedRequest call) {
    return plugin.check(config, call);
  }

  /** Remaining and reset, and of a refusal when to come back. */
  private String shown(LimitCount.Config config) {
    Decision decision = ask(config, call("acme"));
    List<Header> headers = headers(decision);
    String shown = headers.get(1).value() + " " + headers.get(2).value();
    return decision instanceof Decision.Allow
        ? shown
        : "refused " + shown + " retry " + headers.get(3).value();
  }

  private static List<Header> headers(Decision decision) {
    return decision instanceof Decision.Allow allow
        ? allow.headers()
        : ((Decision.Deny) decision).reply().headers();
  }

  private static String decisionText(Decision decision) {
    if (decision instanceof Decision.Allow allow) {
      return allow.shadowReason() == null ? "ok" : "ok, " + allow.shadowReason();
    }
    Decision.Deny deny = (Decision.Deny) decision;
    return deny.reply().status() == 429
        ? "refused"
        : deny.reply().status() + " " + deny.reply().message();
  }
}
