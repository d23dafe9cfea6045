package dev.gatehouse.internal.store.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.Precondition;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Consumers that are in memory before they call. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CachePreloaderTest {
  private static final int MANY = 1_234;

  private final TestClock clock = new TestClock();
  private final ChangeFeedStore elsewhere = new ChangeFeedStore();

  private ConsumerRepository node(long room, ChangeFeed.Preloading preload) {
    return Caching.track(
        elsewhere,
        new ChangeFeed.Tracking(
            room, Duration.ofMillis(20), Duration.ofMillis(500), Duration.ofMinutes(5), preload),
        clock);
  }

  private void fill(int count) {
    List<ConsumerEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(Entries.entry("c" + i, Entries.keyAuth("main", "key " + i)));
    }
    elsewhere.putAll(entries);
  }

  private static boolean knows(ConsumerRepository node, int number) {
    try {
      StoredCredential found = node.credential(Entries.KEY_AUTH, Entries.lookup("key " + number));
      return found != null && found.consumer().username().equals("c" + number);
    } catch (StoreException e) {
      return false;
    }
  }

  /** Not when the store could not be asked, which is another answer. */
  private static boolean isUnknown(ConsumerRepository node, String key) {
    try {
      return node.credential(Entries.KEY_AUTH, Entries.lookup(key)) == null;
    } catch (StoreException e) {
      return false;
    }
  }

  private static boolean fails(ConsumerRepository node) {
    try {
      return node.credential(Entries.KEY_AUTH, Entries.lookup("unknown")) != null;
    } catch (StoreException e) {
      return true;
    }
  }

  @Test
  void outage_knowsAllEntriesThatFitTheCache() {
    fill(MANY);
    try (ConsumerRepository node = node(10_000, ChangeFeed.Preloading.AUTO)) {
      assertEquals(0, elsewhere.reads());
      elsewhere.fail(true);
      until(() -> fails(node));
      for (int i = 0; i < MANY; i++) {
        assertTrue(knows(node, i), "c" + i);
      }
    }
  }

  @Test
  void groupsAreKnownInAnOutageToo() {
    fill(3);
    ConsumerGroup gold =
        new ConsumerGroup("gold", Optional.empty(), Optional.empty(), Map.of(), PluginSet.EMPTY);
    elsewhere.put(gold, Precondition.none());
    try (ConsumerRepository node = node(10_000, ChangeFeed.Preloading.AUTO)) {
      elsewhere.fail(true);
      until(() -> fails(node));
      assertEquals(PluginSet.EMPTY, node.group("gold"));
      assertThrows(StoreException.class, () -> node.group("silver"));
    }
  }

  /** Guessed keys do not reach the store. */
  @Test
  void unknownKeys_areNotAskedFor_whenAllAreInMemory() {
    fill(MANY);
    try (ConsumerRepository node = node(10_000, ChangeFeed.Preloading.AUTO)) {
      for (int i = 0; i < 5_000; i++) {
        assertNull(node.credential(Entries.KEY_AUTH, Entries.lookup("guess " + i)));
        clock.advance(Duration.ofMillis(1));
      }
      assertEquals(0, elsewhere.reads());
      elsewhere.putAll(List.of(Entries.entry("new", Entries.keyAuth("main", "new key"))));
      clock.advance(Duration.ofMillis(60));
      assertNotNull(
          node.credential(Entries.KEY_AUTH, Entries.lookup("new key")),
          "it is younger than the last look, so there is another one");
      assertEquals(1, elsewhere.reads(), "its own read alone");
      elsewhere.remove("new");
      clock.advance(Duration.ofMillis(60));
      until(() -> node.credential(Entries.KEY_AUTH, Entries.lookup("new key")) == null);
      assertTrue(knows(node, 7));

      elsewhere.fail(true);
      clock.advance(Duration.ofMillis(60));
      assertThrows(
          StoreException.class,
          () -> node.credential(Entries.KEY_AUTH, Entries.lookup("guess")),
          "must be read from the store");
    }
  }

  @Test
  void unknownKeys_areAskedFor_whenNotAllAreInMemory() {
    fill(MANY);
    try (ConsumerRepository few = node(MANY - 1, ChangeFeed.Preloading.ALL);
        ConsumerRepository none = node(10_000, ChangeFeed.Preloading.NONE)) {
      for (ConsumerRepository one : List.of(few, none)) {
        int before = elsewhere.reads();
        assertNull(one.credential(Entries.KEY_AUTH, Entries.lookup("guess " + before)));
        assertEquals(before + 1, elsewhere.reads());
      }
    }
  }

  /** More Credentials than room, although there are few Consumers. */
  @Test
  void displacedCredential_isReadFromTheStore() {
    CredentialEntry[] keys = new CredentialEntry[300];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Entries.keyAuth("k" + i, "key of many " + i);
    }
    elsewhere.putAll(List.of(Entries.entry("many", keys)));
    try (ConsumerRepository node = node(100, ChangeFeed.Preloading.AUTO)) {
      for (int i = 0; i < keys.length; i++) {
        assertNotNull(
            node.credential(Entries.KEY_AUTH, Entries.lookup("key of many " + i)), "key " + i);
      }
    }
  }

  /** Keys that come and go while they are asked for: what is there is found. */
  @Test
  void keysThatMoveUnderLoad_areFoundWhereTheyAre() throws Exception {
    fill(10);
    try (ConsumerRepository node = node(10_000, ChangeFeed.Preloading.AUTO)) {
      AtomicBoolean over = new AtomicBoolean();
      List<Thread> askers = new ArrayList<>();
      AtomicInteger unknown = new AtomicInteger();
      for (int i = 0; i < 4; i++) {
        Thread asker =
            new Thread(
                () -> {
                  while (!over.get()) {
                    unknown.addAndGet(isUnknown(node, "key 3") ? 1 : 0);
                    boolean unused = isUnknown(node, "moving");
                  }
                });
        askers.add(asker);
        asker.start();
      }
      for (int round = 0; round < 2_000; round++) {
        // The same key is stored again; it is found at every moment.
        elsewhere.put("c3", Entries.keyAuth("main", "key 3"));
        elsewhere.put("c4", Entries.keyAuth("main", round % 2 == 0 ? "moving" : "key 4"));
        if (round % 100 == 0) {
          clock.advance(Duration.ofMillis(60));
        }
      }
      over.set(true);
      for (Thread asker : askers) {
        asker.join();
      }
      assertEquals(0, unknown.get());
    }
  }

  @Test
  void entriesAboveTheCapacity_areReadOnDemand() {
    fill(MANY);
    try (ConsumerRepository node = node(MANY - 1, ChangeFeed.Preloading.AUTO);
        ConsumerRepository none = node(10_000, ChangeFeed.Preloading.NONE)) {
      for (ConsumerRepository one : List.of(node, none)) {
        int before = elsewhere.reads();
        assertTrue(knows(one, 7));
        assertEquals(before + 1, elsewhere.reads());
      }
    }
    try (ConsumerRepository asked = node(MANY - 1, ChangeFeed.Preloading.ALL)) {
      int before = elsewhere.reads();
      int known = 0;
      for (int i = 0; i < 100; i++) {
        known += knows(asked, i) ? 1 : 0;
      }
      assertEquals(100, known);
      assertTrue(elsewhere.reads() - before < 50, "most of them were in memory");
    }
  }

  @Test
  void failedPreload_doesNotPreventTheStart() {
    fill(10);
    elsewhere.fail(true);
    try (ConsumerRepository node = node(10_000, ChangeFeed.Preloading.AUTO)) {
      assertTrue(fails(node));
      elsewhere.fail(false);
      until(() -> knows(node, 3));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void failedPage_isReadAgain(int failures) {
    fill(MANY);
    elsewhere.failPages(failures);
    try (ConsumerRepository node = node(10_000, ChangeFeed.Preloading.AUTO)) {
      until(
          () -> {
            clock.advance(Duration.ofMillis(60));
            int before = elsewhere.reads();
            assertTrue(isUnknown(node, "guess " + before));
            return elsewhere.reads() == before;
          });
      int before = elsewhere.reads();
      for (int i = 0; i < MANY; i++) {
        assertTrue(knows(node, i), "c" + i);
      }
      assertEquals(before, elsewhere.reads(), "all are in memory");
    }
  }

  /** Everything is reloaded continuously while everything changes. */
  @Test
  void entryThatChangesDuringPreload_isNotCachedInItsOldState() {
    fill(MANY);
    Random random = new Random(11);
    try (ConsumerRepository node = node(10_000, ChangeFeed.Preloading.AUTO)) {
      for (int round = 0; round < 200; round++) {
        elsewhere.forget(round % 2 == 0);
        for (int i = 0; i < 10; i++) {
          int one = random.nextInt(MANY);
          ConsumerRepository writer = random.nextBoolean() ? elsewhere : node;
          if (random.nextBoolean()) {
            writer.remove("c" + one, "main");
          } else {
            writer.put("c" + one, Entries.keyAuth("main", "key " + one));
          }
        }
      }
      elsewhere.forget(false);
      elsewhere.put(Entries.consumer("last"));
      until(() -> node.consumer("last") != null);
      long settled = System.nanoTime() + Duration.ofMillis(200).toNanos();
      until(() -> System.nanoTime() > settled);
      int wrong = 0;
      int there = 0;
      for (int i = 0; i < MANY; i++) {
        boolean stored = elsewhere.credential(Entries.KEY_AUTH, Entries.lookup("key " + i)) != null;
        there += stored ? 1 : 0;
        wrong += stored == knows(node, i) ? 0 : 1;
      }
      assertEquals(0, wrong);
      assertTrue(there > 100 && there < MANY, "some are there and some are not: " + there);
      assertNotNull(node.consumer("c1"));
    }
  }

  private static void until(BooleanSupplier done) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not within 20 s");
      LockSupport.parkNanos(1_000_000);
    }
  }
}
