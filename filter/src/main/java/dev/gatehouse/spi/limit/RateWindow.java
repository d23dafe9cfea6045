package dev.gatehouse.spi.limit;

import java.util.Objects;

/**
 * A limit: how many requests in how long.
 *
 * @param limit requests per window, 1 to 2^53 - 1
 * @param millis length of the window in milliseconds, 1 to 2^53 - 1
 * @param kind what a window is
 */
public record RateWindow(long limit, long millis, Kind kind) {
  private static final long MAX = (1L << 53) - 1;

  /** What a window is. */
  public enum Kind {
    /** Begins with the first request of its key. At most twice the limit in any trailing window. */
    FIXED,
    /**
     * Begins at a multiple of its length since 1970. At most twice the limit in any trailing one.
     */
    ALIGNED,
    /**
     * The present window, begun at a multiple of its length, and the share of the one before that a
     * trailing window still covers, as if its requests had come evenly (reference section 3.2). At
     * most twice the limit in any trailing window.
     */
    SLIDING,
    /** Never more than the limit in any trailing window. */
    STRICT
  }

  /** Checks both numbers. */
  public RateWindow {
    Objects.requireNonNull(kind, "kind");
    if (limit < 1 || millis < 1 || limit > MAX || millis > MAX) {
      throw new IllegalArgumentException("limit and millis must be 1 to 2^53 - 1");
    }
  }

  /** A window that begins with its first request. */
  public RateWindow(long limit, long millis) {
    this(limit, millis, Kind.FIXED);
  }

  /**
   * The result of a request to a window.
   *
   * @param admitted whether the request was counted, or would be
   * @param remaining how many more requests the window takes, at least 0
   * @param resetMillis milliseconds, rounded up, until the window ends or, where it has no end,
   *     until it takes more than now; at least 0
   */
  public record Result(boolean admitted, long remaining, long resetMillis) {}
}
