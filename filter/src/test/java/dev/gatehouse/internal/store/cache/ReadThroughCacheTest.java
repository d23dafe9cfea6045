package dev.gatehouse.internal.store.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.gatehouse.contract.ConcurrentTasks;
import dev.gatehouse.contract.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReadThroughCacheTest {
  private static final int THREADS = 64;
  private final TestClock clock = new TestClock();
  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void get_byManyThreads_readsAPresentKeyOnce() throws Exception {
    for (int round = 0; round < 50; round++) {
      reads.set(0);
      ReadThroughCache<String, Object> cache = cache(key -> "read " + reads.incrementAndGet());

      List<String> found = ConcurrentTasks.run(THREADS, () -> asked(cache, "k"));

      assertEquals(1, reads.get());
      assertEquals(Collections.nCopies(THREADS, "read 1"), found);
    }
  }

  @Test
  void get_byManyThreads_readsAnAbsentKeyOnce() throws Exception {
    for (int round = 0; round < 50; round++) {
      reads.set(0);
      ReadThroughCache<String, Object> cache =
          cache(
              key -> {
                reads.incrementAndGet();
                return null;
              });

      List<String> found = ConcurrentTasks.run(THREADS, () -> asked(cache, "k"));

      assertEquals(1, reads.get());
      assertEquals(Collections.nCopies(THREADS, "null"), found);
    }
  }

  /** Another read of the same key begins and ends between two steps of this one. */
  @Test
  void get_whenAnotherReadEndsMeanwhile_doesNotReadAgain() {
    for (int step = 1; step <= 3; step++) {
      reads.set(0);
      ReadThroughCache<Probe, String> cache =
          new ReadThroughCache<>(
              key -> "read " + reads.incrementAndGet(),
              bounds(10, Duration.ofSeconds(1)),
              ReadThroughCache.Listener.none());
      Probe quiet = new Probe(0, () -> {});
      Probe meddling = new Probe(step, () -> cache.get(quiet));

      assertEquals("read 1", cache.get(meddling));
      assertEquals(1, reads.get());
    }
  }

  /** A key that does something when its hash is asked for the n-th time; all are equal. */
  private static final class Probe {
    private final int moment;
    private final Runnable action;
    private int asked;

    Probe(int moment, Runnable action) {
      this.moment = moment;
      this.action = action;
    }

    @Override
    public int hashCode() {
      if (++asked == moment) {
        action.run();
      }
      return 1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Probe;
    }
  }

  @Test
  void get_whenTheSourceFails_failsForAllWaitersAndRetries() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    AtomicBoolean broken = new AtomicBoolean(true);
    ReadThroughCache<String, Object> cache =
        cache(
            key -> {
              reads.incrementAndGet();
              await(waiting);
              if (broken.get()) {
                throw new IllegalStateException("down");
              }
              return "there";
            });
    CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> asked(cache, "k"));
    while (reads.get() == 0) {
      Thread.onSpinWait();
    }
    List<Thread> crowd = new ArrayList<>();
    AtomicInteger failed = new AtomicInteger();
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                assertThrows(IllegalStateException.class, () -> cache.get("k"));
                failed.incrementAndGet();
              });
      thread.start();
      crowd.add(thread);
    }
    for (Thread thread : crowd) {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    waiting.countDown();
    for (Thread thread : crowd) {
      thread.join();
    }

    assertThrows(Exception.class, first::get);
    assertEquals(8, failed.get());
    assertEquals(1, reads.get());
    broken.set(false);
    assertEquals("there", cache.get("k"));
  }

  @Test
  void get_ofOtherKeys_doesNotWaitForASlowOne() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch stuck = new CountDownLatch(1);
    ReadThroughCache<String, Object> cache =
        cache(
            key -> {
              if (key.equals("slow")) {
                stuck.countDown();
                await(release);
              }
              return key;
            });
    CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> asked(cache, "slow"));
    stuck.await();

    for (int i = 0; i < 10_000; i++) {
      assertEquals("k" + i, cache.get("k" + i));
    }
    cache.forget(Set.of("k1"));
    cache.forgetIf(value -> value.equals("k2"));

    release.countDown();
    assertEquals("slow", slow.get());
  }

  @Test
  void forget_duringARead_leavesNoValueAndBlocksNoCaller() throws Exception {
    for (String how : List.of("key", "kind")) {
      oldReadMeetsAChange(how, "old", "new");
      oldReadMeetsAChange(how, null, "new");
    }
    oldReadMeetsAChange("key", "old", null);
  }

  private void oldReadMeetsAChange(String how, @Nullable String before, @Nullable String after)
      throws Exception {
    CountDownLatch hasRead = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean changed = new AtomicBoolean();
    ReadThroughCache<String, Object> cache =
        cache(
            key -> {
              if (changed.get()) {
                return after;
              }
              hasRead.countDown();
              await(release);
              return before;
            });
    CompletableFuture<String> old = CompletableFuture.supplyAsync(() -> asked(cache, "k"));
    hasRead.await();

    changed.set(true);
    if (how.equals("key")) {
      cache.forget(Set.of("k"));
    } else {
      cache.forgetIf(value -> true);
    }

    assertEquals(after, cache.get("k"));
    release.countDown();
    assertEquals(String.valueOf(before), old.get());
    assertEquals(after, cache.get("k"));
  }

  /** A change is followed by a forget; each later read must see it, in any interleaving. */
  @Test
  void get_afterEveryForget_neverAnswersAnOlderVersion() throws Exception {
    ConcurrentHashMap<String, Long> truth = new ConcurrentHashMap<>();
    ReadThroughCache<String, Long> cache =
        new ReadThroughCache<>(
            truth::get, bounds(4, Duration.ofHours(1)), ReadThroughCache.Listener.none());
    AtomicLong published = new AtomicLong();
    AtomicBoolean over = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              for (long version = 1; version <= 20_000; version++) {
                if (version % 3 == 0) {
                  truth.remove("k");
                } else {
                  truth.put("k", version);
                }
                if (version % 2 == 0) {
                  cache.forget(Set.of("k"));
                } else {
                  cache.forget(Set.of("k"));
                  cache.forgetIf(value -> true);
                }
                published.set(version);
              }
              over.set(true);
            });
    writer.start();

    List<Long> stale =
        ConcurrentTasks.run(
            4,
            () -> {
              long wrong = 0;
              while (!over.get()) {
                long least = published.get();
                @Nullable Long seen = cache.get("k");
                long most = published.get() + 1;
                wrong += isPossible(seen, least, most) ? 0 : 1;
              }
              return wrong;
            });
    writer.join();

    assertEquals(0, stale.stream().mapToLong(n -> n).sum());
  }

  /** The value must have been written between the two moments; every third version is absent. */
  private static boolean isPossible(@Nullable Long seen, long least, long most) {
    if (seen != null) {
      return seen >= least;
    }
    return least == 0 || most - least >= 2 || least % 3 == 0 || most % 3 == 0;
  }

  @Test
  void flood_ofAbsentKeys_leavesThePresentOnes() {
    AtomicInteger good = new AtomicInteger();
    ReadThroughCache<Integer, String> cache =
        new ReadThroughCache<>(
            key -> {
              if (key >= 0) {
                return null;
              }
              good.incrementAndGet();
              return "there";
            },
            bounds(100, Duration.ofHours(1)),
            ReadThroughCache.Listener.none());
    for (int key = -50; key < 0; key++) {
      cache.get(key);
    }
    for (int key = 0; key < 100_000; key++) {
      assertNull(cache.get(key));
    }
    for (int key = -50; key < 0; key++) {
      assertEquals("there", cache.get(key));
    }

    assertEquals(50, good.get());
  }

  private ReadThroughCache<String, Object> cache(ReadThroughCache.Source<String, Object> source) {
    return new ReadThroughCache<>(
        source, bounds(100_000, Duration.ofSeconds(1)), ReadThroughCache.Listener.none());
  }

  private ReadThroughCache.CacheBounds bounds(long maxEntries, Duration maxAge) {
    return new ReadThroughCache.CacheBounds(maxEntries, Optional.of(maxAge), clock);
  }

  private static String asked(ReadThroughCache<String, Object> cache, String key) {
    return String.valueOf(cache.get(key));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
