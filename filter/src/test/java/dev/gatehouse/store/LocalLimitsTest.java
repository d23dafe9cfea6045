package dev.gatehouse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.Crowd;
import dev.gatehouse.contract.Heap;
import dev.gatehouse.spi.Call;
import dev.gatehouse.spi.CounterKey;
import dev.gatehouse.spi.RateLimitBackend;
import dev.gatehouse.spi.Window;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LocalLimitsTest {
  private static final Call.Owner ACME = new Call.Owner("consumer", "acme");
  private static final long NOW = 5_000;

  @Test
  void acquire_byManyThreads_admitsExactlyTheLimit() throws Exception {
    int limit = 1_000;
    for (int round = 0; round < 20; round++) {
      RateLimitBackend limits = Stores.localLimits(Stores.DEFAULT_KEYS);
      Window window = new Window(limit, 60_000);

      List<Integer> admitted = Crowd.run(200, () -> admitted(limits, key("hot"), window, 10));

      assertEquals(limit, admitted.stream().mapToInt(n -> n).sum(), "round " + round);
    }
  }

  @Test
  void acquire_whenOwnersPluginsOrValuesDiffer_countsApart() {
    RateLimitBackend limits = Stores.localLimits(10);
    Window one = new Window(1, 1_000);
    Call.Owner route = new Call.Owner("route", "acme");

    assertTrue(limits.acquire(new CounterKey(ACME, "limit-count", "a"), one, NOW).admitted());
    assertTrue(limits.acquire(new CounterKey(ACME, "limit-count", "b"), one, NOW).admitted());
    assertTrue(limits.acquire(new CounterKey(ACME, "limit-req", "a"), one, NOW).admitted());
    assertTrue(limits.acquire(new CounterKey(route, "limit-count", "a"), one, NOW).admitted());
    assertEquals(
        new Window.State(false, 0, 1_000),
        limits.acquire(new CounterKey(ACME, "limit-count", "a"), one, NOW));
  }

  @Test
  void peek_countsNothingAndKeepsNothing() {
    RateLimitBackend limits = Stores.localLimits(10);
    Window one = new Window(1, 1_000);

    assertEquals(new Window.State(true, 1, 1_000), limits.peek(key("a"), one, NOW));
    assertEquals("local-limits(0 keys)", limits.toString());
    limits.acquire(key("a"), one, NOW);
    assertEquals(new Window.State(false, 0, 900), limits.peek(key("a"), one, NOW + 100));
  }

  /**
   * Between two overflows of a counter no more than its limit is admitted, so with E overflows at
   * most (E + 1) times the limit: one request that is counted in a forgotten counter breaks it.
   */
  @Test
  void acquire_whileTheCounterIsForgotten_neverCountsInTheForgottenOne() throws Exception {
    LocalLimits limits = new LocalLimits(1_000);
    Window one = new Window(1, 60_000);
    AtomicBoolean over = new AtomicBoolean();
    AtomicLong forgotten = new AtomicLong();

    Thread evictor =
        new Thread(
            () -> {
              while (!over.get()) {
                if (limits.evict(key("hot"))) {
                  forgotten.incrementAndGet();
                }
              }
            });
    evictor.start();
    List<Integer> admitted;
    try {
      admitted = Crowd.run(8, () -> admitted(limits, key("hot"), one, 100_000));
    } finally {
      over.set(true);
      evictor.join();
    }

    long all = admitted.stream().mapToLong(n -> n).sum();
    assertTrue(all > 1, "the counter was never forgotten while it was in use");
    assertTrue(all <= forgotten.get() + 1, all + " admitted, " + forgotten + " times forgotten");
  }

  @Test
  void acquire_whenManyKeysOverflow_endsAndAdmitsEachFirstRequest() throws Exception {
    RateLimitBackend limits = Stores.localLimits(16);
    Window one = new Window(1, 60_000);

    List<Integer> admitted =
        Crowd.run(
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
    RateLimitBackend limits = Stores.localLimits(Stores.DEFAULT_KEYS);
    Window flood = new Window(5, 60_000);
    Window hot = new Window(1_000, 60_000);
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
    RateLimitBackend limits = Stores.localLimits(Stores.DEFAULT_KEYS);
    Window one = new Window(1, 60_000);

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int bits = 0; bits < 1 << 15; bits++) {
            assertTrue(limits.acquire(key(collider(bits)), one, NOW).admitted());
          }
        });
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

  private static int admitted(RateLimitBackend limits, CounterKey key, Window window, int tries) {
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
