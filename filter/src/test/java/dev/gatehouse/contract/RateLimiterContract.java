package dev.gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.limit.LeakyBucketLimit;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.RateWindow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every engine that counts promises: the suite of this door. An engine extends it, hands
 * itself out, and is done when it is green.
 */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class RateLimiterContract {
  private static final CounterOwner ACME = new CounterOwner("consumer", "acme");
  private static final long MINUTE = 60_000;

  /** The beginning of a minute, so that aligned windows begin with it. */
  private static final long NOW = 1_000_000 * MINUTE;

  /** Returns the engine under test, with nothing counted under any key that a test has not used. */
  protected abstract RateLimiter limits();

  /** Returns how many rounds the threads run; a slow engine may run fewer than 20. */
  protected int rounds() {
    return 20;
  }

  private static CounterKey key(String value) {
    return new CounterKey(ACME, "limit-count", value);
  }

  @ParameterizedTest
  @EnumSource(RateWindow.Kind.class)
  void acquire_byManyThreads_admitsExactlyTheLimit(RateWindow.Kind kind) throws Exception {
    RateWindow window = new RateWindow(1_000, MINUTE, kind);
    for (int round = 0; round < rounds(); round++) {
      CounterKey key = key(kind + " crowd " + round);

      List<Integer> admitted =
          ConcurrentTasks.run(
              200,
              () -> {
                int mine = 0;
                for (int i = 0; i < 10; i++) {
                  mine += limits().acquire(key, window, NOW).admitted() ? 1 : 0;
                }
                return mine;
              });

      assertEquals(1_000, admitted.stream().mapToInt(n -> n).sum(), "round " + round);
      assertFalse(limits().peek(key, window, NOW).admitted());
    }
  }

  @ParameterizedTest
  @EnumSource(RateWindow.Kind.class)
  void peek_countsNothing(RateWindow.Kind kind) {
    RateWindow window = new RateWindow(2, MINUTE, kind);
    CounterKey key = key(kind + " peek");
    for (int i = 0; i < 5; i++) {
      assertTrue(limits().peek(key, window, NOW).admitted());
      assertEquals(2, limits().peek(key, window, NOW).remaining());
    }
    assertTrue(limits().acquire(key, window, NOW).admitted());
    RateWindow.Result peeked = limits().peek(key, window, NOW + 1);
    assertTrue(peeked.admitted());
    assertEquals(1, peeked.remaining());
    assertTrue(limits().acquire(key, window, NOW + 1).admitted());
    assertEquals(
        new RateWindow.Result(false, 0, limits().acquire(key, window, NOW + 2).resetMillis()),
        limits().peek(key, window, NOW + 2));
  }

  @ParameterizedTest
  @EnumSource(RateWindow.Kind.class)
  void changedLimit_preservesUsage(RateWindow.Kind kind) {
    CounterKey key = key(kind + " changed");
    for (int i = 0; i < 5; i++) {
      assertTrue(limits().acquire(key, new RateWindow(5, MINUTE, kind), NOW).admitted());
    }
    assertFalse(limits().acquire(key, new RateWindow(5, MINUTE, kind), NOW).admitted());
    assertEquals(
        3,
        limits().acquire(key, new RateWindow(9, MINUTE, kind), NOW + 1).remaining(),
        "9 - 5 - 1");
    assertFalse(limits().acquire(key, new RateWindow(2, MINUTE, kind), NOW + 2).admitted());
    assertEquals(0, limits().peek(key, new RateWindow(2, MINUTE, kind), NOW + 2).remaining());
  }

  @ParameterizedTest
  @EnumSource(RateWindow.Kind.class)
  void acquire_whenTimeGoesBack_usesTheLastTime(RateWindow.Kind kind) {
    RateWindow one = new RateWindow(1, MINUTE, kind);
    CounterKey key = key(kind + " back");
    assertTrue(limits().acquire(key, one, NOW + 30_000).admitted());
    assertFalse(limits().acquire(key, one, NOW).admitted());
    assertFalse(limits().acquire(key, one, NOW - 5).admitted());
    assertFalse(limits().acquire(key, one, NOW + 30_001).admitted());
  }

  @ParameterizedTest
  @EnumSource(RateWindow.Kind.class)
  void acquire_ofDifferentKeys_countsApart(RateWindow.Kind kind) {
    RateWindow one = new RateWindow(1, MINUTE, kind);
    CounterOwner route = new CounterOwner("route", "acme");
    for (CounterKey key :
        List.of(
            key(kind + " a"),
            key(kind + " b"),
            new CounterKey(ACME, "limit-req", kind + " a"),
            new CounterKey(route, "limit-count", kind + " a"),
            new CounterKey(new CounterOwner("consumer", "acme limit-count"), "", kind + " a"))) {
      assertTrue(limits().acquire(key, one, NOW).admitted(), key::toString);
      assertFalse(limits().acquire(key, one, NOW).admitted(), key::toString);
    }
  }

  @ParameterizedTest
  @EnumSource(RateWindow.Kind.class)
  void acquire_afterTheWindow_startsTheNextOne(RateWindow.Kind kind) {
    RateWindow one = new RateWindow(1, MINUTE, kind);
    CounterKey key = key(kind + " over");
    assertTrue(limits().acquire(key, one, NOW).admitted());
    RateWindow.Result refused = limits().acquire(key, one, NOW + 10_000);
    assertFalse(refused.admitted());
    assertTrue(refused.resetMillis() > 0);
    assertFalse(limits().acquire(key, one, NOW + MINUTE - 1).admitted());
    assertTrue(limits().acquire(key, one, NOW + 2 * MINUTE).admitted());
  }

  @Test
  void fixed_beginsWithItsFirstRequest_andAlignedWithTheClock() {
    RateWindow fixed = new RateWindow(1, MINUTE, RateWindow.Kind.FIXED);
    RateWindow aligned = new RateWindow(1, MINUTE, RateWindow.Kind.ALIGNED);
    long late = NOW + 50_000;
    assertEquals(
        new RateWindow.Result(true, 0, MINUTE), limits().acquire(key("first"), fixed, late));
    assertEquals(
        new RateWindow.Result(true, 0, 10_000), limits().acquire(key("aligned"), aligned, late));
    assertFalse(limits().acquire(key("first"), fixed, NOW + MINUTE).admitted());
    assertTrue(limits().acquire(key("aligned"), aligned, NOW + MINUTE).admitted());
  }

  @Test
  void bucket_byManyThreads_admitsExactlyItsBurst() throws Exception {
    LeakyBucketLimit bucket = new LeakyBucketLimit(1, 999_000);
    for (int round = 0; round < rounds(); round++) {
      CounterKey key = key("bucket crowd " + round);
      List<Integer> admitted =
          ConcurrentTasks.run(
              200,
              () -> {
                int mine = 0;
                for (int i = 0; i < 10; i++) {
                  mine += limits().acquire(key, bucket, NOW).admitted() ? 1 : 0;
                }
                return mine;
              });
      assertEquals(1_000, admitted.stream().mapToInt(n -> n).sum(), "round " + round);
    }
  }

  @Test
  void bucket_drainsAtItsRate() {
    LeakyBucketLimit twoASecond = new LeakyBucketLimit(2_000, 1_000);
    CounterKey key = key("bucket drains");
    assertEquals(new LeakyBucketLimit.Result(true, 0), limits().acquire(key, twoASecond, NOW));
    assertEquals(new LeakyBucketLimit.Result(true, 500), limits().acquire(key, twoASecond, NOW));
    assertEquals(new LeakyBucketLimit.Result(false, 500), limits().acquire(key, twoASecond, NOW));
    assertEquals(
        new LeakyBucketLimit.Result(false, 1), limits().acquire(key, twoASecond, NOW + 499));
    assertEquals(
        new LeakyBucketLimit.Result(true, 500), limits().acquire(key, twoASecond, NOW + 500));
    assertEquals(
        new LeakyBucketLimit.Result(false, 500),
        limits().acquire(key, twoASecond, NOW - 99),
        "back");
    assertEquals(
        new LeakyBucketLimit.Result(true, 0), limits().acquire(key, twoASecond, NOW + 90_000));
  }

  @Test
  void acquire_withTheGreatestNumbers_doesNotOverflow() {
    LeakyBucketLimit fast = new LeakyBucketLimit(1_000_000_000_000L, 1_000_000_000_000_000L);
    assertTrue(limits().acquire(key("fast"), fast, NOW).admitted());
    assertEquals(new LeakyBucketLimit.Result(true, 0), limits().acquire(key("fast"), fast, NOW));
    LeakyBucketLimit slow = new LeakyBucketLimit(1, 0);
    assertTrue(limits().acquire(key("slow"), slow, NOW).admitted());
    assertEquals(
        new LeakyBucketLimit.Result(false, 1_000_000), limits().acquire(key("slow"), slow, NOW));
    assertTrue(limits().acquire(key("slow"), slow, NOW << 10).admitted());
    long most = (1L << 53) - 1;
    for (RateWindow.Kind kind : RateWindow.Kind.values()) {
      RateWindow window = new RateWindow(most, most, kind);
      CounterKey key = key(kind + " greatest");
      RateWindow.Result state = limits().acquire(key, window, NOW);
      assertTrue(state.admitted());
      assertEquals(most - 1, state.remaining(), kind.name());
      assertTrue(state.resetMillis() >= 0, kind.name());
    }
  }
}
