package dev.gatehouse.spi.plugin;

import java.util.Objects;

/**
 * The delay of an admitted request before the application runs.
 *
 * <p>The request waits asynchronously, without a thread, if the application allows it. Otherwise it
 * goes on at once.
 *
 * @param millis the delay in milliseconds, at least 1
 * @param refused the reply if too many requests wait
 */
public record Delay(long millis, Reply refused) {
  /** Creates a delay. */
  public Delay {
    if (millis < 1) {
      throw new IllegalArgumentException("millis must be at least 1, was " + millis);
    }
    Objects.requireNonNull(refused, "refused");
  }

  /** Returns the sum of two delays, with the reply of the second one. */
  public Delay and(Delay next) {
    return new Delay(millis + next.millis, next.refused);
  }
}
