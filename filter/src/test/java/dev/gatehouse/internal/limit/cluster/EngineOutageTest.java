package dev.gatehouse.internal.limit.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.ConcurrentTasks;
import dev.gatehouse.contract.MemorySlots;
import dev.gatehouse.contract.RedisServers;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.limit.LeakyBucketLimit;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.store.Stores;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.embedded.RedisServer;

/** An engine that is down blocks no request, and its recovery is detected. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineOutageTest {
  private static final CounterKey KEY =
      new CounterKey(new CounterOwner("consumer", "acme"), "limit-count", "all");
  private static final RateWindow THREE = new RateWindow(3, 3_600_000);
  private static final Duration TIMEOUT = Duration.ofMillis(200);
  private static final Duration RECOVERY = Duration.ofSeconds(5);

  private final MemorySlots slots = new MemorySlots(new TestClock());

  private ManagedCluster join() {
    return Stores.join(slots, new Stores.Sharing("test", TIMEOUT, 1_000), new TestClock());
  }

  @ParameterizedTest
  @EnumSource(Cluster.Sync.class)
  void engine_thatHangs_failsWithinTheTimeout_andNothingIsLost(Cluster.Sync sync) {
    try (ManagedCluster cluster = join()) {
      RateLimiter limits = cluster.limits(sync);
      assertTrue(limits.acquire(KEY, THREE, 0).admitted());
      slots.hang();
      try {
        long begun = System.nanoTime();
        for (int i = 0; i < 50; i++) {
          CounterKey other = new CounterKey(KEY.owner(), "limit-count", "other " + i);
          assertThrows(StoreException.class, () -> limits.acquire(other, THREE, 0));
          assertThrows(
              StoreException.class, () -> limits.acquire(other, new LeakyBucketLimit(1, 0), 0));
        }
        // Three requests wait for the whole timeout; later ones do not wait.
        long waited = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        assertTrue(waited < 20 * TIMEOUT.toMillis(), waited + " ms");
      } finally {
        slots.goOn();
      }
      assertEquals(1, firstAnswer(limits).remaining(), "what was used is used");
    }
  }

  @Test
  void engine_thatFails_recovers() {
    try (ManagedCluster cluster = join()) {
      RateLimiter limits = cluster.limits(Cluster.Sync.EXACT);
      assertTrue(limits.acquire(KEY, THREE, 0).admitted());
      slots.fail(true);
      for (int i = 0; i < 5; i++) {
        assertThrows(StoreException.class, () -> limits.acquire(KEY, THREE, 0));
      }
      long calls = slots.calls();
      assertThrows(StoreException.class, () -> limits.peek(KEY, THREE, 0));
      assertTrue(slots.calls() <= calls + 2, "only the heartbeat asks");
      slots.fail(false);
      assertEquals(1, firstAnswer(limits).remaining());
    }
  }

  /**
   * A third-party engine may throw anything; a heartbeat that stopped could not detect its
   * recovery.
   */
  @Test
  void engine_thatThrowsAnything_recovers() {
    try (ManagedCluster cluster = join()) {
      RateLimiter limits = cluster.limits(Cluster.Sync.EXACT);
      assertTrue(limits.acquire(KEY, THREE, 0).admitted());
      slots.surprise(true);
      for (int i = 0; i < 5; i++) {
        assertThrows(StoreException.class, () -> limits.acquire(KEY, THREE, 0));
      }
      long end = System.nanoTime() + 2 * RECOVERY.toNanos();
      long calls = slots.calls();
      while (slots.calls() < calls + 4) {
        assertTrue(System.nanoTime() < end, "the heart beats on");
        LockSupport.parkNanos(1_000_000);
      }
      slots.surprise(false);
      assertEquals(1, firstAnswer(limits).remaining());
    }
  }

  /** A clock that is not that of the others would freeze their windows (limits trap 7). */
  @Test
  void engine_thatHasNeverAnswered_countsNothing() {
    slots.fail(true);
    try (ManagedCluster cluster = join()) {
      RateLimiter limits = cluster.limits(Cluster.Sync.EXACT);
      slots.fail(false);
      assertThrows(StoreException.class, () -> limits.acquire(KEY, THREE, 0));
      assertEquals(2, firstAnswer(limits).remaining());
    }
  }

  @Test
  void concurrentRequests_withAHangingEngine_areNotBlocked() throws Exception {
    try (ManagedCluster cluster = join()) {
      RateLimiter limits = cluster.limits(Cluster.Sync.LEASE);
      slots.hang();
      try {
        List<Long> waited =
            ConcurrentTasks.run(
                100,
                () -> {
                  long begun = System.nanoTime();
                  assertThrows(StoreException.class, () -> limits.acquire(KEY, THREE, 0));
                  return Duration.ofNanos(System.nanoTime() - begun).toMillis();
                });
        waited.forEach(ms -> assertTrue(ms < 5 * TIMEOUT.toMillis(), waited::toString));
      } finally {
        slots.goOn();
      }
    }
  }

  @Test
  void redis_thatIsStoppedAndStarted_recovers() throws Exception {
    int port = RedisServers.freePort();
    RedisServer server = RedisServers.start(port);
    RedisSlots redis = RedisSlots.at(RedisURI.create("127.0.0.1", port), Duration.ofSeconds(1));
    try (ManagedCluster cluster =
        Stores.join(redis, new Stores.Sharing("test", TIMEOUT, 100), new TestClock())) {
      RateLimiter limits = cluster.limits(Cluster.Sync.EXACT);
      assertEquals(2, firstAnswer(limits).remaining());
      server.stop();
      while (!fails(limits)) {
        LockSupport.parkNanos(1_000_000);
      }
      long begun = System.nanoTime();
      assertThrows(StoreException.class, () -> limits.acquire(KEY, THREE, 0));
      assertTrue(System.nanoTime() - begun < 5 * TIMEOUT.toNanos());
      server = RedisServers.start(port);
      assertEquals(2, firstAnswer(limits).remaining(), "an empty server");
    } finally {
      server.stop();
    }
  }

  @Test
  void node_thatHasLeft_countsNothingAndLeavesNoThread() {
    ManagedCluster cluster = join();
    assertTrue(cluster.limits(Cluster.Sync.EXACT).acquire(KEY, THREE, 0).admitted());
    cluster.close();
    assertThrows(
        StoreException.class, () -> cluster.limits(Cluster.Sync.EXACT).acquire(KEY, THREE, 0));
    long end = System.nanoTime() + RECOVERY.toNanos();
    while (System.nanoTime() < end && running()) {
      LockSupport.parkNanos(1_000_000);
    }
    assertFalse(running());
  }

  private static boolean running() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith("gatehouse-limits-"));
  }

  private static boolean fails(RateLimiter limits) {
    try {
      limits.peek(KEY, THREE, 0);
      return false;
    } catch (StoreException e) {
      return true;
    }
  }

  /** Asks until the engine answers, which may take as long as a recovery may take. */
  private static RateWindow.Result firstAnswer(RateLimiter limits) {
    long end = System.nanoTime() + RECOVERY.toNanos();
    while (true) {
      try {
        return limits.acquire(KEY, THREE, 0);
      } catch (StoreException e) {
        assertTrue(System.nanoTime() < end, "not within " + RECOVERY);
        LockSupport.parkNanos(1_000_000);
      }
    }
  }
}
