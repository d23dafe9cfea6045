package dev.gatehouse.internal.limit.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.MemorySlots;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.limit.LeakyBucketLimit;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.store.Stores;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An engine whose clock jumps while nodes count through it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineClockTest {
  private static final CounterKey KEY =
      new CounterKey(new CounterOwner("consumer", "acme"), "limit-count", "all");
  private static final Duration JUMP = Duration.ofSeconds(61);
  private static final Duration HOUR = Duration.ofHours(1);

  /** A multiple of a minute. */
  private final TestClock engine = new TestClock(1_700_000_040_000L);

  private final TestClock mine = new TestClock(0);
  private final MemorySlots slots = new MemorySlots(engine);
  private ManagedCluster node = join();

  private ManagedCluster join() {
    return Stores.join(slots, new Stores.Sharing("test", Duration.ofSeconds(10), 1_000), mine);
  }

  @AfterEach
  void leave() {
    node.close();
  }

  /** A second limit was admitted at once. */
  @ParameterizedTest
  @CsvSource({"EXACT, FIXED", "LEASE, FIXED", "DELAYED, FIXED", "EXACT, ALIGNED", "EXACT, STRICT"})
  void clock_thatJumpsAhead_doesNotEndAWindow(Cluster.Sync sync, RateWindow.Kind kind) {
    RateWindow window = new RateWindow(sync == Cluster.Sync.EXACT ? 2 : 2_000, 60_000, kind);
    for (long i = 0; i < window.limit(); i++) {
      assertTrue(isAdmitted(sync, window));
    }
    engine.advance(JUMP);
    awaitBeats();
    assertFalse(isAdmitted(sync, window));
    mine.advance(JUMP);
    engine.advance(JUMP);
    assertTrue(isAdmitted(sync, window));
  }

  /** A used-up window was refused for an hour. */
  @ParameterizedTest
  @EnumSource(RateWindow.Kind.class)
  void clock_thatGoesBack_doesNotHoldAWindow(RateWindow.Kind kind) {
    RateWindow window = new RateWindow(1, 60_000, kind);
    assertTrue(isAdmitted(Cluster.Sync.EXACT, window));
    engine.advance(HOUR.negated());
    awaitBeats();
    assertFalse(isAdmitted(Cluster.Sync.EXACT, window));
    mine.advance(JUMP.multipliedBy(2));
    engine.advance(JUMP.multipliedBy(2));
    awaitBeats();
    assertTrue(isAdmitted(Cluster.Sync.EXACT, window));
  }

  @Test
  void node_thatJoinsAfterAJump_hasTheTimeOfTheOthers() {
    RateWindow window = new RateWindow(1, 60_000);
    assertTrue(isAdmitted(Cluster.Sync.EXACT, window));
    engine.advance(JUMP);
    awaitBeats();
    try (ManagedCluster late = join()) {
      long apart = late.ticker().millis() - node.ticker().millis();
      assertTrue(Math.abs(apart) < 1_000, apart + " ms");
      assertFalse(
          late.limits(Cluster.Sync.EXACT).acquire(KEY, window, late.ticker().millis()).admitted());
    }
  }

  @ParameterizedTest
  @EnumSource(RateWindow.Kind.class)
  void window_ofNodesThatAreGone_beginsAgainWhenTheClockWentBack(RateWindow.Kind kind) {
    RateWindow window = new RateWindow(1, 60_000, kind);
    assertTrue(isAdmitted(Cluster.Sync.EXACT, window));
    node.close();
    engine.advance(HOUR.negated());
    node = join();
    assertEquals(engine.millis(), node.ticker().millis());
    assertTrue(isAdmitted(Cluster.Sync.EXACT, window));
    assertFalse(isAdmitted(Cluster.Sync.EXACT, window));
  }

  @Test
  void bucket_ofNodesThatAreGone_drainsWhenTheClockWentBack() {
    LeakyBucketLimit bucket = new LeakyBucketLimit(1_000, 0);
    assertTrue(isPoured(bucket));
    node.close();
    engine.advance(HOUR.negated());
    node = join();
    assertFalse(isPoured(bucket));
    mine.advance(Duration.ofSeconds(1));
    assertTrue(isPoured(bucket));
  }

  private boolean isAdmitted(Cluster.Sync sync, RateWindow window) {
    return node.limits(sync).acquire(KEY, window, node.ticker().millis()).admitted();
  }

  private boolean isPoured(LeakyBucketLimit bucket) {
    return node.limits(Cluster.Sync.EXACT).acquire(KEY, bucket, node.ticker().millis()).admitted();
  }

  /** Each beat asks three times. */
  private void awaitBeats() {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    long calls = slots.calls() + 7;
    while (slots.calls() < calls) {
      assertTrue(System.nanoTime() < end, "no beat within 20 s");
      LockSupport.parkNanos(1_000_000);
    }
  }
}
