package dev.gatehouse.internal.limit.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.ConcurrentTasks;
import dev.gatehouse.contract.Heap;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.RateLimiter.KeyCounter;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.store.Stores;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LocalRateLimiterTest {
  private static final CounterOwner ACME = new CounterOwner("consumer", "acme");
  private static final long NOW = 5_000;

  @Test
  void acquire_byManyThreads_admitsExactlyTheLimit() throws Exception {
    int limit = 10_000;
    for (int round = 0; round < 20; round++) {
      RateLimiter limits = Stores.localLimits(Stores.DEFAULT_KEYS);
      RateWindow window = new RateWindow(limit, 60_000);

      List<Integer> admitted =
          ConcurrentTasks.run(200, () -> admitted(limits, key("hot"), window, 100));

      assertEquals(limit, admitted.stream().mapToInt(n -> n).sum(), "round " + round);
    }
  }

  @Test
  void acquire_whenOwnersPluginsOrValuesDiffer_countsApart() {
    RateLimiter limits = Stores.localLimits(10);
    RateWindow one = new RateWindow(1, 1_000);
    CounterOwner route = new CounterOwner("route", "acme");

    assertTrue(limits.acquire(new CounterKey(ACME, "limit-count", "a"), one, NOW).admitted());
    assertTrue(limits.acquire(new CounterKey(ACME, "limit-count", "b"), one, NOW).admitted());
    assertTrue(limits.acquire(new CounterKey(ACME, "limit-req", "a"), one, NOW).admitted());
    assertTrue(limits.acquire(new CounterKey(route, "limit-count", "a"), one, NOW).admitted());
    assertEquals(
        new RateWindow.Result(false, 0, 1_000),
        limits.acquire(new CounterKey(ACME, "limit-count", "a"), one, NOW));
  }

  @Test
  void peek_neitherCountsNorStores() {
    RateLimiter limits = Stores.localLimits(10);
    RateWindow one = new RateWindow(1, 1_000);

    assertEquals(new RateWindow.Result(true, 1, 1_000), limits.peek(key("a"), one, NOW));
    assertEquals("local-limits(0 keys)", limits.toString());
    limits.acquire(key("a"), one, NOW);
    assertEquals(new RateWindow.Result(false, 0, 900), limits.peek(key("a"), one, NOW + 100));
  }

  @Test
  void acquire_whenTheCounterIsForgottenMeanwhile_countsInItsSuccessor() throws Exception {
    LocalRateLimiter limits = new LocalRateLimiter(1);
    RateWindow one = new RateWindow(1, 60_000);
    WindowCounter held = limits.present(key("a"), one);
    AtomicReference<RateWindow.Result> late = new AtomicReference<>();
    Thread thread = new Thread(() -> late.set(limits.acquire(key("a"), one, NOW)));

    synchronized (held) {
      thread.start();
      while (thread.getState() != Thread.State.BLOCKED) {
        Thread.onSpinWait();
      }
      crowdOut(limits, held);
    }
    thread.join();

    assertEquals(new RateWindow.Result(true, 0, 60_000), late.get());
    assertEquals(new RateWindow.Result(false, 0, 60_000), limits.acquire(key("a"), one, NOW));
  }

  /** Uses other keys until the counter is closed. */
  private static void crowdOut(LocalRateLimiter limits, WindowCounter counter) {
    RateWindow any = new RateWindow(1_000, 60_000);
    for (int i = 0; counter.acquire(any, NOW) != null; i++) {
      assertTrue(i < 100_000, "never forgotten");
      limits.acquire(key("other " + i / 100), any, NOW);
    }
  }

  @Test
  void acquire_whenManyKeysOverflow_endsAndAdmitsEachFirstRequest() throws Exception {
    RateLimiter limits = Stores.localLimits(16);
    RateWindow one = new RateWindow(1, 60_000);

    List<Integer> admitted =
        ConcurrentTasks.run(
            8,
            () -> {
              int mine = 0;
              for (int i = 0; i < 20_000; i++) {
                String name = Thread.currentThread().getName() + i;
                mine += limits.acquire(key(name), one, NOW).admitted() ? 1 : 0;
              }
              return mine;
            });

    assertEquals(8 * 20_000, admitted.stream().mapToInt(n -> n).sum());
  }

  @Test
  void acquire_whenAMillionKeysFlood_staysSmallAndTheHotKeyExact() {
    RateLimiter limits = Stores.localLimits(Stores.DEFAULT_KEYS);
    RateWindow flood = new RateWindow(5, 60_000);
    RateWindow hot = new RateWindow(1_000, 60_000);
    int admitted = 0;
    long before = Heap.used();

    for (int i = 0; i < 1_000_000; i++) {
      limits.acquire(key("192.0.2." + i), flood, NOW);
      if (i % 100 == 0) {
        admitted += limits.acquire(key("hot"), hot, NOW).admitted() ? 1 : 0;
      }
    }
    long grown = Heap.used() - before;

    assertEquals(1_000, admitted);
    assertTrue(grown < 64 * Heap.MIB, "grew by " + grown / Heap.MIB + " MiB");
    assertTrue(limits.toString().contains("keys"));
  }

  /** Clients choose values, so they can choose values of equal hash: here 2^15 of them. */
  @Test
  void acquire_whenValuesHaveEqualHashes_staysQuick() {
    RateLimiter limits = Stores.localLimits(Stores.DEFAULT_KEYS);
    RateWindow one = new RateWindow(1, 60_000);

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int bits = 0; bits < 1 << 15; bits++) {
            assertTrue(limits.acquire(key(collider(bits)), one, NOW).admitted());
          }
        });
  }

  @Test
  void counter_thatIsHeld_isNotForgottenForOthers() {
    LocalRateLimiter limits = new LocalRateLimiter(16);
    RateWindow two = new RateWindow(2, 60_000);
    KeyCounter held = limits.counter(key("held"), RateWindow.Kind.FIXED);
    assertTrue(held.acquire(two, NOW).admitted());

    flood(limits, 10_000);

    assertTrue(limits.acquire(key("held"), two, NOW).admitted());
    assertEquals(new RateWindow.Result(false, 0, 60_000), held.acquire(two, NOW));
  }

  @Test
  void counter_ofAKeyThatWasCounted_preservesUsage() {
    LocalRateLimiter limits = new LocalRateLimiter(16);
    RateWindow two = new RateWindow(2, 60_000);

    assertTrue(limits.acquire(key("a"), two, NOW).admitted());
    assertTrue(limits.counter(key("a"), RateWindow.Kind.FIXED).acquire(two, NOW).admitted());
    assertFalse(limits.counter(key("a"), RateWindow.Kind.FIXED).acquire(two, NOW).admitted());
    RateWindow three = new RateWindow(3, 60_000);
    assertEquals(
        new RateWindow.Result(true, 0, 60_000),
        limits.counter(key("a"), RateWindow.Kind.FIXED).acquire(three, NOW));
    assertEquals(1, limits.snapshot(key -> true, 10, NOW).size());
  }

  /** As a Consumer that the store forgets and loads again. */
  @Test
  void counter_thatIsHeldAgain_hasNoFreshWindow() {
    LocalRateLimiter limits = new LocalRateLimiter(16);
    RateWindow one = new RateWindow(1, 60_000);
    WeakReference<KeyCounter> first = used(limits, "a", one);

    collect(first);

    assertFalse(limits.counter(key("a"), RateWindow.Kind.FIXED).acquire(one, NOW).admitted());
  }

  @Test
  void counters_thatAreNoLongerHeld_areBounded() {
    LocalRateLimiter limits = new LocalRateLimiter(16);
    RateWindow one = new RateWindow(1, 60_000);
    List<WeakReference<KeyCounter>> all =
        IntStream.range(0, 1_000).mapToObj(i -> used(limits, "c" + i, one)).toList();
    all.forEach(LocalRateLimiterTest::collect);

    while (limits.snapshot(key -> true, 2_000, NOW).size() > 17) {
      KeyCounter unused = limits.counter(key("next"), RateWindow.Kind.FIXED);
      flood(limits, 1);
    }
  }

  private static WeakReference<KeyCounter> used(
      LocalRateLimiter limits, String name, RateWindow window) {
    KeyCounter counter = limits.counter(key(name), window.kind());
    assertTrue(counter.acquire(window, NOW).admitted());
    return new WeakReference<>(counter);
  }

  private static void collect(WeakReference<?> reference) {
    while (reference.get() != null) {
      System.gc();
    }
  }

  private static void flood(LocalRateLimiter limits, int keys) {
    for (int i = 0; i < keys; i++) {
      limits.acquire(key("flood " + i), new RateWindow(1, 60_000), NOW);
    }
  }

  @Test
  void evictedCounters_areLoggedOnce() {
    List<String> logged = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            logged.add(line.getLevel() + " " + line.getParameters()[0]);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("dev.gatehouse.limits");
    logger.addHandler(handler);
    try {
      LocalRateLimiter limits = new LocalRateLimiter(16);
      flood(limits, 16);
      assertEquals(List.of(), logged);
      flood(limits, 1_000);
      assertEquals(List.of("WARNING 16"), logged);
    } finally {
      logger.removeHandler(handler);
    }
  }

  @Test
  void localLimits_whenNoKeyFits_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Stores.localLimits(0));
  }

  private static String collider(int bits) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 15; i++) {
      text.append((bits >> i & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }

  private static int admitted(RateLimiter limits, CounterKey key, RateWindow window, int tries) {
    int admitted = 0;
    for (int i = 0; i < tries; i++) {
      admitted += limits.acquire(key, window, NOW).admitted() ? 1 : 0;
    }
    return admitted;
  }

  private static CounterKey key(String value) {
    return new CounterKey(ACME, "limit-count", value);
  }
}
