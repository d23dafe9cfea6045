package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MonotonicClockTest {
  /** A decision takes microseconds, so a clock of milliseconds reported zero for most of them. */
  @Test
  void instant_hasTheResolutionOfNanoseconds() {
    MonotonicClock clock = new MonotonicClock();
    Duration shortest = Duration.ofDays(1);
    Instant before = clock.instant();
    for (int i = 0; i < 10_000; i++) {
      Instant now = clock.instant();
      assertFalse(now.isBefore(before), "it went back");
      Duration step = Duration.between(before, now);
      shortest = step.isZero() || step.compareTo(shortest) > 0 ? shortest : step;
      before = now;
    }
    assertTrue(shortest.toNanos() < 1_000_000, shortest::toString);
  }
}
