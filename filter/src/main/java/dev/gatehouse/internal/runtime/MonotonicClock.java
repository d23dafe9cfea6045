package dev.gatehouse.internal.runtime;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that never goes back: it starts at the wall clock's time and then follows the JVM's
 * monotonic one.
 *
 * <p>Safe for use by several threads.
 */
public final class MonotonicClock implements InstantSource {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long startMillis = System.currentTimeMillis();
  private final long startNanos = System.nanoTime();

  /** The system's wall clock. */
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
