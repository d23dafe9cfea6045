package dev.gatehouse.internal.limit.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.gatehouse.spi.limit.RateWindow;
import org.junit.jupiter.api.Test;

class FixedWindowTest {
  private static final long MAX = (1L << 53) - 1;
  private final FixedWindow counter = new FixedWindow(false);

  @Test
  void acquire_whenFirst_opensTheWindow() {
    assertEquals(state(true, 1, 1_000), counter.acquire(new RateWindow(2, 1_000), 5_000));
  }

  @Test
  void acquire_whenUsedUp_isRefusedAndNotCounted() {
    RateWindow two = new RateWindow(2, 1_000);
    counter.acquire(two, 5_000);
    counter.acquire(two, 5_100);

    assertEquals(state(false, 0, 700), counter.acquire(two, 5_300));
    assertEquals(state(true, 0, 700), counter.acquire(new RateWindow(3, 1_000), 5_300));
  }

  @Test
  void acquire_whenWindowTurns_startsAgain() {
    RateWindow one = new RateWindow(1, 1_000);
    counter.acquire(one, 5_000);

    assertEquals(state(false, 0, 1), counter.acquire(one, 5_999));
    assertEquals(state(true, 0, 1_000), counter.acquire(one, 6_000));
  }

  @Test
  void acquire_whenWindowTurnsLate_beginsWithThatRequest() {
    RateWindow one = new RateWindow(1, 1_000);
    counter.acquire(one, 5_000);

    counter.acquire(one, 6_900);

    assertEquals(state(false, 0, 100), counter.acquire(one, 7_800));
  }

  @Test
  void acquire_whenLimitIsLowered_preservesUsage() {
    counter.acquire(new RateWindow(5, 1_000), 5_000);
    counter.acquire(new RateWindow(5, 1_000), 5_000);

    assertEquals(state(false, 0, 1_000), counter.acquire(new RateWindow(1, 1_000), 5_000));
  }

  @Test
  void acquire_whenLengthChanges_movesTheEnd() {
    counter.acquire(new RateWindow(5, 1_000), 5_000);

    assertEquals(state(true, 3, 1_500), counter.acquire(new RateWindow(5, 2_000), 5_500));
    assertEquals(state(true, 4, 500), counter.acquire(new RateWindow(5, 500), 5_500));
  }

  @Test
  void acquire_whenClockOfThreadIsBehind_countsInTheOpenWindow() {
    counter.acquire(new RateWindow(2, 1_000), 5_000);

    assertEquals(state(true, 0, 1_000), counter.acquire(new RateWindow(2, 1_000), 4_990));
  }

  /** A used-up window was refused until the clock had caught up. */
  @Test
  void acquire_whenWindowBeginsMoreThanItsLengthAhead_startsAgain() {
    RateWindow minute = new RateWindow(1, 60_000);
    counter.acquire(minute, 3_600_000);

    assertEquals(state(true, 1, 60_000), counter.peek(minute, 3_539_000));
    assertEquals(state(true, 0, 60_000), counter.acquire(minute, 3_539_000));
    assertEquals(state(false, 0, 1), counter.acquire(minute, 3_598_999));
  }

  /** What was used stays used, and is used for one length at most. */
  @Test
  void acquire_whenWindowBeginsAhead_isUsedForOneLength() {
    FixedWindow aligned = new FixedWindow(true);
    RateWindow hour = new RateWindow(1, 3_600_000);
    aligned.acquire(hour, 7_200_000);

    assertEquals(state(false, 0, 1_800_000), aligned.peek(hour, 5_400_000));
    assertEquals(state(false, 0, 1_800_000), aligned.acquire(hour, 5_400_000));
    assertEquals(state(true, 0, 3_600_000), aligned.acquire(hour, 7_200_000));
  }

  @Test
  void acquire_atTheGreatestNumbers_doesNotOverflow() {
    RateWindow greatest = new RateWindow(MAX, MAX);

    assertEquals(state(true, MAX - 1, MAX), counter.acquire(greatest, MAX));
    assertEquals(state(true, MAX - 2, 1), counter.acquire(greatest, MAX + (MAX - 1)));
    assertEquals(state(true, MAX - 1, MAX), counter.acquire(greatest, MAX + MAX));
  }

  @Test
  void peek_doesNotCount() {
    RateWindow one = new RateWindow(1, 1_000);
    assertEquals(state(true, 1, 1_000), counter.peek(one, 5_000));
    counter.acquire(one, 5_000);

    assertEquals(state(false, 0, 600), counter.peek(one, 5_400));
    assertEquals(state(true, 1, 1_000), counter.peek(one, 6_000));
  }

  @Test
  void acquire_whenClosed_isNull() {
    counter.close();

    assertNull(counter.acquire(new RateWindow(1, 1_000), 5_000));
  }

  private static RateWindow.Result state(boolean admitted, long remaining, long resetMillis) {
    return new RateWindow.Result(admitted, remaining, resetMillis);
  }
}
