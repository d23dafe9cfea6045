package dev.gatehouse.internal.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.Configured;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.restrict.NaiveRateLimiter;
import dev.gatehouse.internal.restrict.TestRequests;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.store.Stores;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests {@code limit-req} without a container. */
class LimitReqTest {
  private final TestClock clock = new TestClock();
  private final RateLimiter limits = Stores.localLimits(100);
  private final LimitReq plugin = new LimitReq();

  /** The reference's example. */
  @ParameterizedTest
  @EnumSource(Profile.class)
  void rate1WithoutBurst_refusesTheSecondWithinASecond(Profile profile) {
    LimitReq.Config config = read(profile, base("rate", 1, "burst", 0)).valid();
    String refused = (profile == Profile.STRICT ? "429" : "503") + " null retry 1";
    assertEquals("ok", ask(config));
    clock.advance(Duration.ofMillis(999));
    assertEquals(refused, ask(config));
    clock.advance(Duration.ofMillis(1));
    assertEquals("ok", ask(config));
  }

  /** The reference's example. */
  @Test
  void rateOneBurstOne_delaysTheSecondAndRefusesTheThird() {
    LimitReq.Config config = config(base("rate", 1, "burst", 1));
    assertEquals("ok", ask(config));
    assertEquals("ok after 1000", ask(config));
    assertEquals("429 null retry 1", ask(config));
  }

  @Test
  void nodelay_letsThemGoOnAtOnce() {
    LimitReq.Config config = config(base("rate", 1, "burst", 1, "nodelay", true));
    assertEquals("ok", ask(config));
    assertEquals("ok", ask(config));
    assertEquals("429 null retry 1", ask(config));
  }

  @Test
  void rate_mayHaveDecimals() {
    LimitReq.Config config =
        config(
            base("rate", new BigDecimal("0.5"), "burst", new BigDecimal("0.25"), "nodelay", true));
    assertEquals("ok", ask(config));
    assertEquals("429 null retry 2", ask(config));
    clock.advance(Duration.ofMillis(1_500));
    assertEquals("ok", ask(config), "0.25 ahead");
  }

  @Test
  void refusal_saysWhatIsConfigured() {
    LimitReq.Config config =
        config(base("rate", 1, "burst", 0, "rejected_code", 403, "rejected_msg", "slow down"));
    ask(config);
    assertEquals("403 slow down retry 1", ask(config));
  }

  @Test
  void keysAndOwners_countApart() {
    LimitReq.Config config = config(base("rate", 1, "burst", 0));
    assertEquals("ok", ask(config));
    assertEquals(
        "ok", decisionText(plugin.check(config, TestRequests.of(TestRequests.consumer("acme")))));
    assertEquals(
        "ok", decisionText(plugin.check(config, TestRequests.of(TestRequests.consumer("bob")))));
    InterceptedRequest other =
        TestRequests.call(TestRequests.consumer("bob"), FakeRequest.get("/"));
    assertEquals("ok", decisionText(plugin.check(config, other)));
  }

  @Test
  void requestThatCannotBeCounted_isABare500OrPasses() {
    NaiveRateLimiter broken = new NaiveRateLimiter();
    broken.fail();
    assertEquals("500 null", ask(read(Profile.STRICT, base("rate", 1, "burst", 0), broken)));
    assertEquals(
        "ok",
        ask(read(Profile.STRICT, base("rate", 1, "burst", 0, "allow_degradation", true), broken)));
  }

  @Test
  void wrongSettings_areReported() {
    assertEquals(
        List.of(
            "rate: is required: a number from 0.001 to 1000000000 with at most three decimals",
            "burst: is required: a number from 0 to 1000000000000 with at most three decimals",
            "key: is required"),
        read(Profile.STRICT, Map.of()).problems());
    assertEquals(
        List.of(
            "rate: must be a number from 0.001 to 1000000000 with at most three decimals, was 0",
            "burst: must be a number from 0 to 1000000000000 with at most three decimals,"
                + " was 0.0005",
            "key_type: must be one of var, var_combination, was \"constant\""),
        read(
                Profile.STRICT,
                base("rate", 0, "burst", new BigDecimal("0.0005"), "key_type", "constant"))
            .problems());
    assertEquals(
        "limit-req(rate=1500/1000, burst=0/1000)",
        config(base("rate", new BigDecimal("1.5"), "burst", 0)).toString());
  }

  private static Map<String, Object> base(Object... namesAndValues) {
    Map<String, Object> settings = new HashMap<>(Map.of("key", "consumer_name"));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return settings;
  }

  private LimitReq.Config config(Map<String, Object> settings) {
    return read(Profile.STRICT, settings).valid();
  }

  private Configured<LimitReq.Config> read(Profile profile, Map<String, Object> settings) {
    return Configured.of(
        settings, reader -> plugin.configure(reader, TestRequests.parts(profile, limits, clock)));
  }

  private LimitReq.Config read(Profile profile, Map<String, Object> settings, RateLimiter backend) {
    return Configured.of(
            settings,
            reader -> plugin.configure(reader, TestRequests.parts(profile, backend, clock)))
        .valid();
  }

  private String ask(LimitReq.Config config) {
    return decisionText(
        plugin.check(
            config, TestRequests.call(TestRequests.consumer("acme"), FakeRequest.get("/"))));
  }

  private static String decisionText(Decision decision) {
    if (decision instanceof Decision.Allow allow) {
      return allow.delay() == null ? "ok" : "ok after " + allow.delay().millis();
    }
    Decision.Deny deny = (Decision.Deny) decision;
    String retry =
        deny.reply().headers().isEmpty() ? "" : " retry " + deny.reply().headers().get(0).value();
    return deny.reply().status() + " " + deny.reply().message() + retry;
  }
}
