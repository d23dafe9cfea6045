package dev.gatehouse.internal.runtime;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A monotonic clock. It starts with the time of the wall clock and follows the JVM's monotonic
 * clock.
 *
 * <p>Safe for use by several threads.
 */
public final class MonotonicClock implements InstantSource {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long startMillis = System.currentTimeMillis();
  private final long startNanos = System.nanoTime();

  /** Returns the system's wall clock. */
  static InstantSource wall() {
    return InstantSource.system();
  }

  @Override
  public long millis() {
    return startMillis + (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(startMillis).plusNanos(System.nanoTime() - startNanos);
  }
}
