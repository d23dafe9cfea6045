package dev.gatehouse.internal.store.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Consumer;
import dev.gatehouse.contract.ConsumerRepositoryContract;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that follows a change feed: what other nodes do is seen, and outages are survived. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ChangeTrackingStoreTest extends ConsumerRepositoryContract {
  private static final Duration STALENESS = Duration.ofMinutes(5);
  private static final Duration TIMEOUT = Duration.ofMillis(300);

  private final TestClock clock = new TestClock();
  private final ChangeFeedStore elsewhere = new ChangeFeedStore();
  private final ConsumerRepository watched =
      Caching.track(
          elsewhere,
          new ChangeFeed.Tracking(
              10_000, Duration.ofMillis(20), TIMEOUT, STALENESS, ChangeFeed.Preloading.NONE),
          clock);

  @Override
  protected ConsumerRepository store() {
    return watched;
  }

  @BeforeEach
  void otherConsumerExists() {
    elsewhere.putAll(List.of(Entries.entry("partner", Entries.keyAuth("main", "partner-key"))));
  }

  @AfterEach
  void close() {
    elsewhere.release();
    watched.close();
  }

  @Test
  void credential_isReadOnceHoweverLongAgo() {
    assertNotNull(byKey("partner-key"));
    assertNull(byKey("nobody"));
    int before = elsewhere.reads();

    clock.advance(STALENESS.minusSeconds(1));
    assertSame(byKey("partner-key"), byKey("partner-key"));
    assertNotNull(watched.consumer("partner"), "it came with its Credential");
    assertNull(byKey("nobody"));

    assertEquals(before, elsewhere.reads());
  }

  @Test
  void changesElsewhere_areSeen() {
    assertNotNull(byKey("partner-key"));
    assertNull(byKey("later"));
    elsewhere.put("partner", Entries.keyAuth("later", "later"));
    until(() -> byKey("later") != null);

    elsewhere.put(Consumer.named("partner").label("tier", "gold").build());
    until(() -> labels("partner-key").equals(Map.of("tier", "gold")));
    assertEquals(Map.of("tier", "gold"), labels("later"), "all its Credentials see that at once");

    elsewhere.put("partner", Entries.keyAuth("later", "rotated"));
    until(() -> byKey("later") == null);
    assertNotNull(byKey("rotated"));

    elsewhere.remove("partner", "main");
    until(() -> byKey("partner-key") == null);
    assertNotNull(byKey("rotated"));

    elsewhere.remove("partner");
    until(() -> byKey("rotated") == null && watched.consumer("partner") == null);
  }

  @Test
  void recreatedConsumer_doesNotRegainItsOldKeys() {
    assertNotNull(byKey("partner-key"));
    elsewhere.remove("partner");
    elsewhere.put(Entries.consumer("partner"));

    until(() -> byKey("partner-key") == null);
    assertNotNull(watched.consumer("partner"));
    assertNull(byKey("partner-key"));
  }

  @Test
  void feedWithoutHistory_emptiesTheCache() {
    assertNotNull(byKey("partner-key"));
    int before = elsewhere.reads();
    elsewhere.forget(true);

    until(
        () -> {
          assertNotNull(byKey("partner-key"));
          return elsewhere.reads() > before;
        });
  }

  @Test
  void outage_servesKnownCallers_andFailsForUnknownOnes() {
    assertNotNull(byKey("partner-key"));
    elsewhere.fail(true);
    until(this::failsUnasked);

    clock.advance(STALENESS.minusSeconds(1));
    assertEquals("partner", owner(byKey("partner-key")));
    int before = elsewhere.reads();
    for (int i = 0; i < 100; i++) {
      assertTrue(fails("unknown" + i), "neither there nor not there");
    }
    assertEquals(before, elsewhere.reads(), "a store that is down is not asked");

    elsewhere.fail(false);
    until(() -> !fails("unknown"));
    assertNull(byKey("unknown"));
  }

  @Test
  void outage_thatLastsTooLong_endsServiceForKnownCallersToo() {
    assertNotNull(byKey("partner-key"));
    elsewhere.fail(true);
    until(() -> fails("unknown"));
    clock.advance(STALENESS.plusSeconds(1));

    assertTrue(fails("partner-key"));
    assertThrows(StoreException.class, () -> watched.consumer("partner"));

    elsewhere.fail(false);
    until(() -> !fails("partner-key"));
  }

  @Test
  void hangingStore_failsAfterTheTimeout() {
    assertNotNull(byKey("partner-key"));
    elsewhere.hang();

    long begun = System.nanoTime();
    assertTrue(fails("unknown"));
    long waited = Duration.ofNanos(System.nanoTime() - begun).toMillis();
    assertTrue(waited < 10 * TIMEOUT.toMillis(), waited + " ms");
    assertEquals("partner", owner(byKey("partner-key")));

    clock.advance(TIMEOUT.plusMillis(1));
    int before = elsewhere.reads();
    assertTrue(fails("unknown"));
    assertEquals(before, elsewhere.reads(), "it is known to hang by now");
    elsewhere.release();
    until(() -> !fails("unknown"));
  }

  @Test
  void failedRenewal_retainsTheKnownCaller() {
    StoredCredential known = Objects.requireNonNull(byKey("partner-key"));
    elsewhere.fail(true);
    until(() -> fails("unknown"));

    assertThrows(StoreException.class, () -> watched.renew(known, PluginSettings.EMPTY));

    assertEquals("partner", owner(byKey("partner-key")));
  }

  @Test
  void failedWrite_evictsTheEntriesItConcerns() {
    watched.put(Entries.consumer("other"));
    watched.put("other", Entries.keyAuth("main", "other-key"));
    assertNotNull(byKey("partner-key"));
    assertNotNull(byKey("other-key"));
    elsewhere.fail(true);

    assertThrows(StoreException.class, () -> watched.remove("partner", "main"));

    assertTrue(fails("partner-key"), "it may be gone");
    assertEquals("other", owner(byKey("other-key")));
  }

  @Test
  void close_endsItsThreads() {
    watched.close();

    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(t -> t.isAlive() && t.getName().startsWith("gatehouse-changes")));
  }

  private static void until(BooleanSupplier done) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not within 20 s");
      LockSupport.parkNanos(1_000_000);
    }
  }

  private boolean fails(String key) {
    try {
      StoredCredential unused = byKey(key);
      return false;
    } catch (StoreException e) {
      return true;
    }
  }

  private boolean failsUnasked() {
    int before = elsewhere.reads();
    return fails("unknown") && elsewhere.reads() == before;
  }

  private Map<String, String> labels(String key) {
    return Objects.requireNonNull(byKey(key)).consumer().labels();
  }

  private @Nullable StoredCredential byKey(String key) {
    LookupKey lookup = Entries.lookup(key);
    return watched.credential(Entries.KEY_AUTH, lookup);
  }

  private static String owner(@Nullable StoredCredential found) {
    return found == null ? "nobody" : found.consumer().username();
  }
}
