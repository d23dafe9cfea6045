package dev.gatehouse.spi.plugin;

import java.util.Objects;

/**
 * How long an admitted request waits before the application runs.
 *
 * <p>It waits without a thread, as an asynchronous request, where the application has made room for
 * that. Otherwise, and where it cannot be asynchronous, it goes on at once.
 *
 * @param millis milliseconds, at least 1
 * @param refused what the client is told when too many wait already
 */
public record Delay(long millis, Reply refused) {
  /** Checks the number. */
  public Delay {
    if (millis < 1) {
      throw new IllegalArgumentException("millis must be at least 1, was " + millis);
    }
    Objects.requireNonNull(refused, "refused");
  }

  /** Both, one after the other; the second reply counts. */
  public Delay and(Delay next) {
    return new Delay(millis + next.millis, next.refused);
  }
}
