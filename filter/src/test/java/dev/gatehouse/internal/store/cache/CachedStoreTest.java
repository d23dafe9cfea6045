package dev.gatehouse.internal.store.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.ConsumerRepositoryContract;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.contract.Heap;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import dev.gatehouse.store.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A repository without a feed behind a cache: entries age. */
class CachedStoreTest extends ConsumerRepositoryContract {
  private static final Duration AGE = Duration.ofSeconds(1);

  private final TestClock clock = new TestClock();
  private final CountingStore slow = new CountingStore(Stores.memory());
  private final ConsumerRepository cached =
      Caching.track(
          slow,
          new ChangeFeed.Tracking(
              100_000,
              AGE,
              Duration.ofSeconds(10),
              Duration.ofHours(1),
              ChangeFeed.Preloading.AUTO),
          clock);

  @Override
  protected ConsumerRepository store() {
    return cached;
  }

  @AfterEach
  void end() {
    cached.close();
  }

  @BeforeEach
  void otherConsumerExists() {
    slow.putAll(List.of(Entries.entry("partner", Entries.keyAuth("main", "partner-key"))));
  }

  @Test
  void credential_whenKnown_isReadOnce() {
    assertNotNull(byKey("partner-key"));

    assertSame(byKey("partner-key"), byKey("partner-key"));
    assertEquals(1, slow.reads());
  }

  @Test
  void credential_whenUnknown_isReadOnce() {
    assertNull(byKey("nobody"));
    assertNull(byKey("nobody"));

    assertEquals(1, slow.reads());
  }

  @Test
  void consumer_isReadOnce_whetherThereOrNot() {
    assertNotNull(cached.consumer("partner"));
    assertNotNull(cached.consumer("partner"));
    assertNull(cached.consumer("nobody"));
    assertNull(cached.consumer("nobody"));

    assertEquals(2, slow.reads());
  }

  @Test
  void credential_ofAnotherPlugin_isAnotherEntry() {
    assertNotNull(byKey("partner-key"));

    assertNull(cached.credential("basic-auth", Entries.lookup("partner-key")));
  }

  @Test
  void change_madeElsewhere_isSeenWhenTheAgeIsReached() {
    assertNotNull(byKey("partner-key"));
    assertNull(byKey("later"));
    slow.remove("partner", "main");
    slow.put("partner", Entries.keyAuth("later", "later"));

    clock.advance(AGE.minusMillis(1));
    assertNotNull(byKey("partner-key"));
    assertNull(byKey("later"));
    clock.advance(Duration.ofMillis(1));
    assertNull(byKey("partner-key"));
    assertNotNull(byKey("later"));
  }

  @Test
  void failure_isThrownAndNotCached() {
    slow.fail(true);
    assertThrows(StoreException.class, () -> byKey("partner-key"));
    assertThrows(StoreException.class, () -> byKey("nobody"));
    assertThrows(StoreException.class, () -> cached.consumer("partner"));

    slow.fail(false);
    assertNotNull(byKey("partner-key"));
    assertNull(byKey("nobody"));
    assertNotNull(cached.consumer("partner"));
  }

  @Test
  void write_thatFailsAfterItWasDone_isSeen() {
    assertNotNull(byKey("partner-key"));
    slow.fail(true);

    assertThrows(StoreException.class, () -> cached.remove("partner", "main"));

    slow.fail(false);
    assertNull(byKey("partner-key"));
  }

  @Test
  void write_ofOneConsumer_leavesTheOthersCached() {
    cached.put(Entries.consumer("acme"));
    assertNotNull(byKey("partner-key"));
    assertNotNull(cached.consumer("partner"));
    int before = slow.reads();

    cached.put("acme", Entries.keyAuth("a", "k1"));
    cached.put(Entries.full("acme"));
    cached.putAll(List.of(Entries.entry("acme")));
    cached.remove("acme");
    byKey("partner-key");
    cached.consumer("partner");

    assertEquals(before, slow.reads());
  }

  @Test
  void write_thatIsRefused_changesNothing() {
    cached.put(Entries.consumer("acme"));
    assertNull(byKey("free"));

    assertThrows(
        ConflictException.class, () -> cached.put("acme", Entries.keyAuth("a", "partner-key")));

    assertEquals("partner", owner(byKey("partner-key")));
  }

  @Test
  void flood_ofAMillionUnknownKeys_staysSmallAndLeavesTheHotOneCached() {
    assertNotNull(byKey("partner-key"));
    int readsBefore = slow.reads();
    Random random = new Random(7);
    long before = Heap.used();

    for (int i = 0; i < 1_000_000; i++) {
      LookupKey unknown =
          new LookupKey(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
      assertNull(cached.credential(Entries.KEY_AUTH, unknown));
    }
    long grown = Heap.used() - before;

    assertEquals("partner", owner(byKey("partner-key")));
    assertEquals(readsBefore + 1_000_000, slow.reads());
    assertTrue(grown < 64 * Heap.MIB, "grew by " + grown / Heap.MIB + " MiB");
    assertTrue(cached.toString().startsWith("tracking("));
  }

  @Test
  void close_closesTheStore() throws Exception {
    cached.close();

    assertTrue(slow.closed());
  }

  @Test
  void cached_whenANumberIsNotPositive_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> tracking(0, Duration.ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> tracking(1, Duration.ZERO));
  }

  private static ChangeFeed.Tracking tracking(long maxEntries, Duration interval) {
    Duration second = Duration.ofSeconds(1);
    return new ChangeFeed.Tracking(
        maxEntries, interval, second, second, ChangeFeed.Preloading.NONE);
  }

  private @Nullable StoredCredential byKey(String key) {
    return cached.credential(Entries.KEY_AUTH, Entries.lookup(key));
  }

  private static String owner(@Nullable StoredCredential found) {
    return found == null ? "nobody" : found.consumer().username();
  }
}
