package dev.gatehouse.internal.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.ConcurrentTasks;
import dev.gatehouse.contract.Configured;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.plugin.Attempt;
import dev.gatehouse.internal.restrict.TestRequests;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.Permit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitFailedAuthTest {
  private static final String HOME = "192.0.2.1";
  private static final String AWAY = "198.51.100.7";

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final TestClock clock = new TestClock();
  private final LimitFailedAuth plugin = new LimitFailedAuth();
  private final LimitFailedAuth.Config config =
      read(Map.of("count", 3, "key_count", 2, "time_window", 60)).valid();

  @AfterEach
  void stopThreads() {
    executor.shutdownNow();
  }

  @Test
  void configure_withoutSettings_hasTheDocumentedDefaults() {
    assertEquals(
        "limit-failed-auth(count=20, key_count=5, window=60s)", read(Map.of()).valid().toString());
    assertEquals(429, read(Map.of()).valid().refused().status());
  }

  @Test
  void configure_whenSettingsAreWrong_namesEachWithWhatIsAllowed() {
    assertEquals(
        List.of(
            "time_window: must be a whole number from 1 to 9007199254740, was 0",
            "count: must be a whole number from 1 to 9007199254740991, was \"x\"",
            "key_count: must be a whole number from 1 to 9007199254740991, was -1",
            "rejected_code: must be a whole number from 200 to 599, was 600",
            "cuont: is not known; known here: ipv6_prefix, time_window, count, key_count,"
                + " rejected_code, rejected_msg"),
        read(new java.util.TreeMap<>(
                Map.of(
                    "time_window", 0,
                    "count", "x",
                    "key_count", -1,
                    "rejected_code", 600,
                    "cuont", 1)))
            .problems());
  }

  @Test
  void address_thatHasUsedUpItsFailures_isRefusedUntilTheWindowEnds() {
    for (int i = 0; i < 3; i++) {
      assertTrue(isAllowed(before(HOME)));
      assertSame(Decision.ALLOW, failed(HOME, "user-" + i));
    }
    clock.advance(Duration.ofSeconds(50));
    Decision.Deny refused = assertInstanceOf(Decision.Deny.class, before(HOME));
    assertEquals(429, refused.reply().status());
    assertEquals(List.of(new Header("Retry-After", "10")), refused.reply().headers());
    assertTrue(isAllowed(before(AWAY)), "another address is not concerned");
    clock.advance(Duration.ofSeconds(10));
    assertTrue(isAllowed(before(HOME)));
  }

  @Test
  void failureAboveTheLimit_isAnsweredByTheLimitInsteadOf401() {
    for (int i = 0; i < 3; i++) {
      assertSame(Decision.ALLOW, failed(HOME, "user"));
    }
    assertInstanceOf(Decision.Deny.class, failed(HOME, "user"));
  }

  @Test
  void exhaustedKey_isRefusedToFailingClients_butNotToItsOwner() {
    failed("203.0.113.1", "acme");
    failed("203.0.113.2", "acme");
    assertInstanceOf(Decision.Deny.class, before("203.0.113.1", "acme"));
    assertInstanceOf(Decision.Deny.class, before("203.0.113.2", "acme"));
    assertTrue(isAllowed(before(HOME, "acme")), "the owner is never locked out");
    assertTrue(isAllowed(before("203.0.113.1", "other")), "other keys are not concerned");
    failed("203.0.113.3", "acme");
    assertInstanceOf(Decision.Deny.class, before("203.0.113.3", "acme"), "one guess per address");
  }

  @Test
  void addressThatFailedBefore_mayTryAKeyThatIsNotUsedUp() {
    failed(HOME, "acme");
    assertTrue(isAllowed(before(HOME, "acme")));
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
    "2001:db8:1:2::1, 2001:db8:1:3::1, false",
    "fe80::1%eth0, fe80::2%eth1, true",
    "::ffff:192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false"
  })
  void addressesOfOneIpv6Network_areCountedTogether(String first, String second, boolean together) {
    for (int i = 0; i < 3; i++) {
      failed(first, "user-" + i);
    }
    assertEquals(together, before(second) instanceof Decision.Deny);
  }

  @Test
  void ipv6Prefix_saysHowManyBitsAreOneClient() {
    LimitFailedAuth.Config single = read(Map.of("count", 1, "ipv6_prefix", 128)).valid();
    LimitFailedAuth.Config site = read(Map.of("count", 1, "ipv6_prefix", 48)).valid();
    for (LimitFailedAuth.Config one : List.of(single, site)) {
      plugin.failed(one, new Attempt("2001:db8:1:2::1", List.of()));
    }
    assertTrue(isAllowed(plugin.before(single, new Attempt("2001:db8:1:2::2", List.of()))));
    assertFalse(isAllowed(plugin.before(single, new Attempt("2001:db8:1:2::1", List.of()))));
    assertFalse(isAllowed(plugin.before(site, new Attempt("2001:db8:1:ffff::1", List.of()))));
    assertTrue(isAllowed(plugin.before(site, new Attempt("2001:db8:2::1", List.of()))));
  }

  /** Guesses that ran at the same time all passed before the first failure was counted. */
  @Test
  void guessesAtTheSameTime_testNoMoreValuesThanTheLimit() throws Exception {
    List<Permit> first = List.of(reserved(HOME), reserved(HOME), reserved(HOME));
    Future<Decision> fourth = later(HOME);
    for (Permit permit : first) {
      failed(HOME);
      permit.release();
    }
    assertFalse(isAllowed(fourth.get(20, TimeUnit.SECONDS)));
  }

  @Test
  void callersAtTheSameTime_waitForEachOtherAndPassWhenNoneFails() throws Exception {
    List<Permit> first = List.of(reserved(HOME), reserved(HOME), reserved(HOME));
    Future<Decision> fourth = later(HOME);
    first.forEach(Permit::release);
    assertTrue(isAllowed(fourth.get(20, TimeUnit.SECONDS)));
  }

  @Test
  void attemptThatNeverEnds_refusesTheNextAfterTheTimeout() {
    List<Permit> unused = List.of(reserved(HOME), reserved(HOME), reserved(HOME));
    Decision.Deny refused = assertInstanceOf(Decision.Deny.class, before(HOME));
    assertEquals(429, refused.reply().status());
    unused.forEach(Permit::release);
    assertTrue(isAllowed(before(HOME)));
  }

  @Test
  void guessesOfOneKeyAtTheSameTime_testNoMoreValuesThanItsLimit() throws Exception {
    List<Permit> first = List.of(reserved(HOME, "acme"), reserved(HOME, "acme"));
    Future<Decision> third = later(HOME, "acme");
    assertTrue(isAllowed(before(HOME, "other")), "other keys are not concerned");
    assertTrue(isAllowed(before(AWAY, "acme")), "the owner is never locked out");
    for (Permit permit : first) {
      failed(HOME, "acme");
      permit.release();
    }
    assertFalse(isAllowed(third.get(20, TimeUnit.SECONDS)));
  }

  @Test
  void concurrentGuesses_overTwentyRounds_neverTestMoreThanTheLimit() throws Exception {
    for (int round = 0; round < 20; round++) {
      String address = "203.0.113." + round;
      List<Boolean> tested =
          ConcurrentTasks.run(
              32,
              () -> {
                Decision decision = before(address);
                boolean allowed = decision instanceof Decision.Allow;
                if (decision instanceof Decision.Allow allow && allow.permit() != null) {
                  failed(address);
                  allow.permit().release();
                }
                return allowed;
              });
      assertEquals(3, tested.stream().filter(one -> one).count(), "round " + round);
    }
  }

  private Future<Decision> later(String address, String... presented) {
    return CompletableFuture.supplyAsync(() -> before(address, presented), executor);
  }

  private Permit reserved(String address, String... presented) {
    Decision.Allow allow =
        assertInstanceOf(Decision.Allow.class, before(address, presented), address);
    Permit permit = allow.permit();
    assertNotNull(permit);
    return permit;
  }

  private static boolean isAllowed(Decision decision) {
    if (decision instanceof Decision.Allow allow && allow.permit() != null) {
      allow.permit().release();
    }
    return decision instanceof Decision.Allow;
  }

  @Test
  void failures_underManyThreads_areAllCounted() throws Exception {
    LimitFailedAuth.Config wide = read(Map.of("count", 150, "time_window", 60)).valid();
    List<Decision> answers =
        ConcurrentTasks.run(200, () -> plugin.failed(wide, new Attempt(HOME, List.of())));
    assertEquals(150, answers.stream().filter(Decision.ALLOW::equals).count());
    assertInstanceOf(Decision.Deny.class, plugin.before(wide, new Attempt(HOME, List.of())));
  }

  private Decision before(String address, String... presented) {
    return plugin.before(config, new Attempt(address, List.of(presented)));
  }

  private Decision failed(String address, String... presented) {
    return plugin.failed(config, new Attempt(address, List.of(presented)));
  }

  private Configured<LimitFailedAuth.Config> read(Map<String, Object> settings) {
    return Configured.of(
        settings,
        reader ->
            plugin.configure(
                reader,
                TestRequests.parts(
                    Profile.STRICT, dev.gatehouse.store.Stores.localLimits(10_000), clock)));
  }
}
