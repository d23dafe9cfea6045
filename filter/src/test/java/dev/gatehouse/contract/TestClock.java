package dev.gatehouse.contract;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test turns by hand; safe for use by several threads. */
public final class TestClock implements InstantSource {
  private final AtomicLong millis;

  /** Starts at some moment that is not zero. */
  public TestClock() {
    this(1_000_000);
  }

  /** Starts at a moment. */
  public TestClock(long millis) {
    this.millis = new AtomicLong(millis);
  }

  /** Goes on. */
  public void advance(Duration step) {
    millis.addAndGet(step.toMillis());
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis.get());
  }

  @Override
  public long millis() {
    return millis.get();
  }
}
