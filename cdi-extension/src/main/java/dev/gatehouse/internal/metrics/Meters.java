package dev.gatehouse.internal.metrics;

import java.time.Duration;
import java.util.Map;

/**
 * A library of metrics.
 *
 * <p>Looking up a meter by its tags is slow, so callers reuse the returned meters. Thread-safe,
 * like the meters.
 */
public interface Meters {
  /** The name of the counter of requests. */
  String REQUESTS = "gatehouse.requests";

  /** The name of the timer of decisions. */
  String DECISIONS = "gatehouse.decision";

  /** A counter of requests. */
  @FunctionalInterface
  interface RequestCounter {
    /** Counts one request. */
    void increment();
  }

  /** A timer of decisions. */
  @FunctionalInterface
  interface DecisionTimer {
    /** Records how long one decision took. */
    void record(Duration took);
  }

  /**
   * Returns the counter with these tags.
   *
   * @param tags the values by name
   */
  RequestCounter counter(Map<String, String> tags);

  /** Returns the timer of the decisions of one kind. */
  DecisionTimer timer(String decision);
}
