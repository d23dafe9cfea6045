package dev.gatehouse.internal.limit.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.spi.limit.LeakyBucketLimit;
import dev.gatehouse.spi.limit.RateWindow;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Windows beside twins that restate the formulas of the reference in the plainest way. */
class WindowProperties {
  /**
   * Ten thousand counters with so many; {@code -Dwindow.steps=1000} makes ten million decisions.
   */
  private static final int STEPS = Integer.getInteger("window.steps", 200);

  @Property(tries = 10_000)
  void fixed_decidesAsApisix(
      @ForAll @IntRange(min = 1, max = 50) int limit,
      @ForAll @IntRange(min = 1, max = 5_000) int millis,
      @ForAll @LongRange(min = 0, max = 1L << 40) long start,
      @ForAll Random random) {
    RateWindow window = new RateWindow(limit, millis);
    WindowCounter counter = WindowCounter.of(RateWindow.Kind.FIXED);
    long now = start;
    long begin = -1;
    long total = 0;
    for (int i = 0; i < STEPS; i++) {
      now += random.nextInt(1 + 2 * millis / limit);
      if (begin < 0 || now >= begin + millis) {
        begin = now;
        total = 0;
      }
      total++;
      RateWindow.Result state = counted(counter, window, now);
      assertEquals(total <= limit, state.admitted());
      assertEquals(Math.max(0, limit - total), state.remaining());
      assertEquals(begin + millis - now, state.resetMillis());
    }
  }

  /** Numbers of 40 digits model those of APISIX and exact ones. */
  @Property(tries = 10_000)
  void sliding_decidesAsApisix(
      @ForAll @IntRange(min = 1, max = 50) int limit,
      @ForAll @IntRange(min = 1, max = 5_000) int millis,
      @ForAll @LongRange(min = 0, max = 1L << 40) long start,
      @ForAll Random random) {
    RateWindow window = new RateWindow(limit, millis, RateWindow.Kind.SLIDING);
    WindowCounter counter = WindowCounter.of(RateWindow.Kind.SLIDING);
    Map<Long, Long> counts = new HashMap<>();
    BigDecimal most = BigDecimal.valueOf(limit);
    MathContext exact = new MathContext(40);
    long now = start;
    for (int i = 0; i < STEPS; i++) {
      now += random.nextInt(1 + 2 * millis / limit);
      long id = now / millis;
      BigDecimal left = BigDecimal.valueOf(millis - now % millis);
      long present = counts.getOrDefault(id, 0L);
      long prior = Math.min(limit, counts.getOrDefault(id - 1, 0L));
      BigDecimal rate = BigDecimal.valueOf(prior).divide(BigDecimal.valueOf(millis), exact);
      BigDecimal weighted = rate.multiply(left).add(BigDecimal.valueOf(present));
      boolean refused =
          present >= limit || weighted.subtract(most).compareTo(new BigDecimal("-1e-30")) >= 0;
      long after = refused ? present : present + 1;
      counts.put(id, after);
      BigDecimal rest = most.subtract(BigDecimal.valueOf(after)).subtract(rate.multiply(left));
      BigDecimal reset =
          refused && present < limit
              ? left.subtract(most.subtract(BigDecimal.valueOf(present)).divide(rate, exact))
              : left;

      RateWindow.Result state = counted(counter, window, now);

      assertEquals(!refused, state.admitted());
      assertEquals(
          rest.add(new BigDecimal("1e-30")).max(BigDecimal.ZERO).setScale(0, RoundingMode.FLOOR),
          BigDecimal.valueOf(state.remaining()));
      assertEquals(
          reset
              .subtract(new BigDecimal("1e-25"))
              .max(BigDecimal.ZERO)
              .setScale(0, RoundingMode.CEILING),
          BigDecimal.valueOf(state.resetMillis()));
    }
  }

  @Property(tries = 10_000)
  void bucket_decidesAsApisix(
      @ForAll @LongRange(min = 1, max = 5_000_000) long rate,
      @ForAll @LongRange(min = 0, max = 50_000) long burst,
      @ForAll @LongRange(min = 0, max = 1L << 40) long start,
      @ForAll Random random) {
    LeakyBucketLimit bucket = new LeakyBucketLimit(rate, burst);
    LeakyBucket ours = new LeakyBucket();
    BigDecimal perMilli = BigDecimal.valueOf(rate).movePointLeft(6);
    BigDecimal most = BigDecimal.valueOf(burst).movePointLeft(3);
    BigDecimal excess = null;
    long last = start;
    long now = start;
    for (int i = 0; i < STEPS; i++) {
      now += random.nextInt((int) (2 + 2_000_000 / rate));
      BigDecimal next =
          excess == null
              ? BigDecimal.ZERO
              : excess
                  .subtract(perMilli.multiply(BigDecimal.valueOf(now - last)))
                  .add(BigDecimal.ONE)
                  .max(BigDecimal.ZERO);
      LeakyBucketLimit.Result state = ours.acquire(bucket, now);
      assertNotNull(state);
      assertEquals(next.compareTo(most) <= 0, state.admitted());
      if (state.admitted()) {
        excess = next;
        last = now;
        assertEquals(
            next.divide(perMilli, 0, RoundingMode.FLOOR), BigDecimal.valueOf(state.delayMillis()));
      } else {
        assertEquals(
            next.subtract(most).divide(perMilli, 0, RoundingMode.CEILING),
            BigDecimal.valueOf(state.delayMillis()));
      }
    }
  }

  @Property(tries = 10_000)
  void strict_neverAdmitsMoreThanTheLimitInAnyTrailingWindow(
      @ForAll @IntRange(min = 1, max = 50) int limit,
      @ForAll @IntRange(min = 1, max = 100_000) int millis,
      @ForAll @LongRange(min = 0, max = 1L << 40) long start,
      @ForAll Random random) {
    RateWindow window = new RateWindow(limit, millis, RateWindow.Kind.STRICT);
    WindowCounter counter = WindowCounter.of(RateWindow.Kind.STRICT);
    Deque<Long> admitted = new ArrayDeque<>();
    long now = start;
    for (int i = 0; i < STEPS; i++) {
      now +=
          random.nextInt(8) == 0 ? random.nextInt(2 * millis) : random.nextInt(1 + millis / limit);
      RateWindow.Result state = counted(counter, window, now);
      while (!admitted.isEmpty() && admitted.peekFirst() <= now - millis) {
        admitted.removeFirst();
      }
      if (state.admitted()) {
        admitted.addLast(now);
      }
      assertTrue(admitted.size() <= limit, () -> admitted.size() + " of " + limit);
      assertTrue(state.remaining() >= 0 && state.remaining() <= limit - admitted.size());
    }
  }

  /** The reported retry time is right to the unit. */
  @Property
  void strict_takesTheNextRequestWhenItSaid(
      @ForAll @IntRange(min = 1, max = 20) int limit,
      @ForAll @IntRange(min = 1_000, max = 100_000) int millis,
      @ForAll @LongRange(min = 0, max = 1L << 40) long start) {
    RateWindow window = new RateWindow(limit, millis, RateWindow.Kind.STRICT);
    WindowCounter counter = WindowCounter.of(RateWindow.Kind.STRICT);
    for (int i = 0; i < limit; i++) {
      assertTrue(counted(counter, window, start).admitted());
    }
    RateWindow.Result refused = counted(counter, window, start);
    long reset = refused.resetMillis();
    assertTrue(reset >= millis && reset <= millis + 2 * (millis / 10 + 1), () -> reset + "");
    assertTrue(!counted(counter, window, start + reset - 1).admitted());
    assertTrue(counted(counter, window, start + reset).admitted());
  }

  @Property
  void strict_atSteadyLoad_admitsNearlyTheLimit(@ForAll @LongRange(max = 1L << 40) long start) {
    RateWindow window = new RateWindow(600, 60_000, RateWindow.Kind.STRICT);
    WindowCounter counter = WindowCounter.of(RateWindow.Kind.STRICT);
    int admitted = 0;
    for (int i = 0; i < 24_000; i++) {
      admitted += counted(counter, window, start + i * 50L).admitted() ? 1 : 0;
    }
    int mean = admitted / 20;
    assertTrue(mean >= 588, () -> mean + " of 600 a minute");
  }

  private static RateWindow.Result counted(WindowCounter counter, RateWindow window, long now) {
    RateWindow.Result peeked = counter.peek(window, now);
    RateWindow.Result state = counter.acquire(window, now);
    assertNotNull(state);
    assertEquals(peeked.admitted(), state.admitted());
    return state;
  }
}
