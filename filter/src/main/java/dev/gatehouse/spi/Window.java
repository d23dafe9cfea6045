package dev.gatehouse.spi;

/**
 * A limit: how many requests in how long.
 *
 * @param limit requests per window, at least 1
 * @param millis length of the window in milliseconds, at least 1
 */
public record Window(long limit, long millis) {
  /** Checks both numbers. */
  public Window {
    if (limit < 1 || millis < 1) {
      throw new IllegalArgumentException("limit and millis must be at least 1");
    }
  }

  /**
   * Where a counter stands.
   *
   * @param admitted whether the request was counted
   * @param remaining how many more requests the window takes, at least 0
   * @param resetMillis milliseconds until the window ends, at least 0
   */
  public record State(boolean admitted, long remaining, long resetMillis) {}
}
