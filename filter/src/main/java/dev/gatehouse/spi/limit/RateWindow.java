package dev.gatehouse.spi.limit;

import java.util.Objects;

/**
 * A limit: a number of requests per window.
 *
 * @param limit requests per window, 1 to 2^53 - 1
 * @param millis length of the window in milliseconds, 1 to 2^53 - 1
 * @param kind the kind of window
 */
public record RateWindow(long limit, long millis, Kind kind) {
  private static final long MAX = (1L << 53) - 1;

  /** The kinds of windows. */
  public enum Kind {
    /** Begins with the first request of its key. At most twice the limit in any trailing window. */
    FIXED,
    /**
     * Begins at a multiple of its length since 1970. At most twice the limit in any trailing one.
     */
    ALIGNED,
    /**
     * The present window, which begins at a multiple of its length, plus the part of the previous
     * one that a trailing window still covers, as if its requests were evenly distributed. At most
     * twice the limit in any trailing window.
     */
    SLIDING,
    /** Never more than the limit in any trailing window. */
    STRICT
  }

  /** Creates a limit. */
  public RateWindow {
    Objects.requireNonNull(kind, "kind");
    if (limit < 1 || millis < 1 || limit > MAX || millis > MAX) {
      throw new IllegalArgumentException("limit and millis must be 1 to 2^53 - 1");
    }
  }

  /** Creates a limit whose window begins with its first request. */
  public RateWindow(long limit, long millis) {
    this(limit, millis, Kind.FIXED);
  }

  /**
   * The result of a request to a window.
   *
   * @param admitted whether the request was counted, or would be
   * @param remaining the remaining requests of the window, at least 0
   * @param resetMillis milliseconds, rounded up, until the window ends or, if it has no end, until
   *     more requests remain than now; at least 0
   */
  public record Result(boolean admitted, long remaining, long resetMillis) {}
}
