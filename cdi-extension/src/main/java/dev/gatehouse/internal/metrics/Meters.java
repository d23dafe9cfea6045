package dev.gatehouse.internal.metrics;

import java.time.Duration;
import java.util.Map;

/** A library that keeps measurements; safe for use by several threads. */
public interface Meters {
  /** The counter of requests. */
  String REQUESTS = "gatehouse.requests";

  /** The timer of decisions. */
  String DECISIONS = "gatehouse.decision";

  /**
   * Counts a request.
   *
   * @param tags names and values, of which there are few
   */
  void count(Map<String, String> tags);

  /** Times a decision. */
  void time(String decision, Duration took);
}
