package dev.gatehouse.internal.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.Configured;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.restrict.NaiveRateLimiter;
import dev.gatehouse.internal.restrict.TestRequests;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.store.Stores;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitCountTest {
  private static final Map<String, Object> TWO_A_MINUTE = Map.of("count", 2, "time_window", 60);
  private final TestClock clock = new TestClock();
  private final NaiveRateLimiter limits = new NaiveRateLimiter();
  private final LimitCount plugin = new LimitCount();

  @Test
  void check_withinTheLimit_allowsAndReportsTheRemainder() {
    LimitCount.Config config = configured(TWO_A_MINUTE);

    assertEquals(quota("2", "1", "60"), allowed(config));
    clock.advance(Duration.ofMillis(50_019));
    assertEquals(quota("2", "0", "9.98"), allowed(config));
  }

  @Test
  void check_overTheLimit_refusesUntilTheWindowTurns() {
    LimitCount.Config config = configured(TWO_A_MINUTE);
    allowed(config);
    allowed(config);
    clock.advance(Duration.ofMillis(50_001));

    Decision.Deny refused = denied(config);
    assertEquals(
        List.of(
            new Header("X-RateLimit-Limit", "2"),
            new Header("X-RateLimit-Remaining", "0"),
            new Header("X-RateLimit-Reset", "9.99"),
            new Header("Retry-After", "10")),
        refused.reply().headers());
    assertEquals("the window is used up", refused.reason());

    clock.advance(Duration.ofMillis(9_999));
    assertEquals(quota("2", "1", "60"), allowed(config));
  }

  @ParameterizedTest
  @CsvSource({"STRICT,429", "API7,503"})
  void check_overTheLimit_answersTheStatusOfTheProfile(Profile profile, int status) {
    LimitCount.Config config = read(profile, Map.of("count", 1, "time_window", 1)).valid();
    allowed(config);

    Reply reply = denied(config).reply();
    assertEquals(status, reply.status());
    assertEquals("error_msg", reply.field());
    assertNull(reply.message());
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void check_overTheLimit_answersWhatIsConfigured(Profile profile) {
    LimitCount.Config config =
        read(profile, with("rejected_code", 403, "rejected_msg", "slow down")).valid();
    allowed(config);
    allowed(config);

    Reply reply = denied(config).reply();
    assertEquals(403, reply.status());
    assertEquals("error_msg", reply.field());
    assertEquals("slow down", reply.message());
  }

  /** A used-up key was refused until the clock had caught up. */
  @Test
  void check_whenTheWallClockGoesBack_refusesForOneWindowAtMost() {
    PluginServices parts = TestRequests.parts(Profile.STRICT, Stores.localLimits(10), clock);
    LimitCount.Config config =
        Configured.of(with("align", "clock"), reader -> plugin.configure(reader, parts)).valid();
    allowed(config);
    allowed(config);
    denied(config);
    clock.advance(Duration.ofHours(1).negated());
    allowed(config);
    allowed(config);
    denied(config);
    clock.advance(Duration.ofSeconds(60));
    allowed(config);
  }

  @Test
  void check_withoutQuotaHeaders_sendsRetryAfterOnly() {
    LimitCount.Config config = configured(with("show_limit_quota_header", false));

    assertSame(
        Decision.ALLOW, plugin.check(config, TestRequests.of(TestRequests.consumer("acme"))));
    allowed(config);
    assertEquals(List.of(new Header("Retry-After", "60")), denied(config).reply().headers());
  }

  @Test
  void check_whenItCannotCount_is500() {
    LimitCount.Config config = configured(TWO_A_MINUTE);
    limits.fail();

    assertEquals(Reply.errorMessage(500, "failed to limit count"), denied(config).reply());
  }

  @Test
  void check_whenItCannotCountAndMayDegrade_allows() {
    LimitCount.Config config = configured(with("allow_degradation", true));
    limits.fail();

    assertTrue(allowed(config).isEmpty());
  }

  @Test
  void check_ofTwoConsumersWithEqualSettings_countsApart() {
    LimitCount.Config config = configured(Map.of("count", 1, "time_window", 60));

    assertInstanceOf(
        Decision.Allow.class, plugin.check(config, TestRequests.of(TestRequests.consumer("acme"))));
    assertInstanceOf(
        Decision.Allow.class, plugin.check(config, TestRequests.of(TestRequests.consumer("bob"))));
    assertInstanceOf(
        Decision.Deny.class, plugin.check(config, TestRequests.of(TestRequests.consumer("acme"))));
  }

  /** As after an eviction or a reload, and with several filters. */
  @Test
  void check_whenTheConsumerIsReloaded_preservesUsage() {
    LimitCount.Config config = configured(with("key", "consumer_name"));
    LimitCount.Config reloaded = configured(with("key", "consumer_name"));
    LimitCount.Config raised = configured(with("key", "consumer_name", "count", 3));
    InterceptedRequest first = TestRequests.of(TestRequests.consumer("acme"));
    InterceptedRequest again = TestRequests.of(TestRequests.consumer("acme"));

    assertInstanceOf(Decision.Allow.class, plugin.check(config, first));
    assertInstanceOf(Decision.Allow.class, plugin.check(reloaded, again));
    assertInstanceOf(Decision.Deny.class, plugin.check(config, first));
    assertInstanceOf(Decision.Deny.class, plugin.check(config, again));
    assertInstanceOf(Decision.Allow.class, plugin.check(raised, first));
    assertInstanceOf(Decision.Deny.class, plugin.check(raised, again));
  }

  @Test
  void check_onARoute_countsAllConsumersOfOneAddressTogether() {
    LimitCount.Config config = configured(Map.of("count", 1, "time_window", 60));
    FakeRequest here = FakeRequest.get("/");
    FakeRequest there = FakeRequest.get("/").from("192.0.2.2");

    assertInstanceOf(
        Decision.Allow.class,
        plugin.check(config, TestRequests.call(TestRequests.consumer("acme"), here)));
    assertInstanceOf(
        Decision.Deny.class,
        plugin.check(config, TestRequests.call(TestRequests.consumer("bob"), here)));
    assertInstanceOf(
        Decision.Allow.class,
        plugin.check(config, TestRequests.call(TestRequests.consumer("bob"), there)));
    assertInstanceOf(Decision.Deny.class, plugin.check(config, TestRequests.call(null, there)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "1.5", "9007199254740992", "many", "true"})
  void configure_whenCountIsNoPositiveWholeNumber_isRefused(String count) {
    Map<String, Object> settings = new HashMap<>(TWO_A_MINUTE);
    settings.put("count", asJson(count));

    List<String> mistakes = read(Profile.STRICT, settings).problems();

    assertEquals(1, mistakes.size());
    assertTrue(
        mistakes.get(0).startsWith("count: must be a whole number from 1 to 9007199254740991"));
  }

  @Test
  void configure_whenNothingIsGiven_namesWhatIsRequired() {
    List<String> mistakes = read(Profile.STRICT, Map.of()).problems();

    assertTrue(mistakes.get(0).startsWith("count: is required"), mistakes.toString());
    assertTrue(mistakes.stream().anyMatch(m -> m.startsWith("time_window: is required")));
  }

  @Test
  void configure_atTheGreatestNumbers_doesNotOverflow() {
    LimitCount.Config config =
        configured(Map.of("count", LimitCount.MAX, "time_window", LimitCount.MAX / 1_000));

    assertEquals(quota("9007199254740991", "9007199254740990", "9007199254740"), allowed(config));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 199, 600, 0, -1})
  void configure_whenStatusIsNone_isRefused(int code) {
    assertEquals(
        List.of("rejected_code: must be a whole number from 200 to 599, was " + code),
        read(Profile.STRICT, with("rejected_code", code)).problems());
  }

  @Test
  void configure_whenASettingIsUnknown_namesTheKnownOnes() {
    List<String> mistakes = read(Profile.STRICT, with("cuont", 5, "policy", "lokal")).problems();

    assertEquals(
        "policy: must be one of local, cluster, redis, redis-cluster, redis-sentinel, was \"lokal\"",
        mistakes.get(0));
    assertEquals(
        "cuont: is not known; known here: window_type, align, policy, sync_interval, sync,"
            + " allow_degradation, on_store_failure, ratelimit_headers, show_limit_quota_header,"
            + " limit_header, remaining_header, reset_header, rules, group, count, time_window,"
            + " key_type, key, ipv6_prefix, rejected_code, rejected_msg, enforce",
        mistakes.get(1));
  }

  @Test
  void config_printsAsItIsConfigured() {
    assertEquals("limit-count(count=2, window=60s)", configured(TWO_A_MINUTE).toString());
    assertEquals("limit-count", plugin.name());
    assertEquals(1002, plugin.priority());
  }

  private LimitCount.Config configured(Map<String, Object> settings) {
    return read(Profile.STRICT, settings).valid();
  }

  private Configured<LimitCount.Config> read(Profile profile, Map<String, Object> settings) {
    return Configured.of(
        settings, reader -> plugin.configure(reader, TestRequests.parts(profile, limits, clock)));
  }

  private List<Header> allowed(LimitCount.Config config) {
    return assertInstanceOf(
            Decision.Allow.class,
            plugin.check(config, TestRequests.of(TestRequests.consumer("acme"))))
        .headers();
  }

  private Decision.Deny denied(LimitCount.Config config) {
    return assertInstanceOf(
        Decision.Deny.class, plugin.check(config, TestRequests.of(TestRequests.consumer("acme"))));
  }

  private static List<Header> quota(String limit, String remaining, String reset) {
    return List.of(
        new Header("X-RateLimit-Limit", limit),
        new Header("X-RateLimit-Remaining", remaining),
        new Header("X-RateLimit-Reset", reset));
  }

  private static Map<String, Object> with(Object... more) {
    Map<String, Object> settings = new HashMap<>(TWO_A_MINUTE);
    for (int i = 0; i < more.length; i += 2) {
      settings.put((String) more[i], more[i + 1]);
    }
    return settings;
  }

  private static Object asJson(String text) {
    if (text.equals("true")) {
      return true;
    }
    return text.matches("-?[0-9.]+") ? new BigDecimal(text) : text;
  }
}
