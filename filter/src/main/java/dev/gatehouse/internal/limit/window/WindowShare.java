package dev.gatehouse.internal.limit.window;

import dev.gatehouse.spi.limit.RateWindow;

/**
 * The result of taking permits from a window or adding admitted requests to it.
 *
 * @param taken the number of permits, at least 0
 * @param left the remaining permits, at least 0
 * @param endMillis the end of the window, in milliseconds
 */
public record WindowShare(long taken, long left, long endMillis) {
  /**
   * Returns whether a window is the present one: it has not ended, and the clock has not gone back.
   */
  public static boolean isOpen(long endMillis, RateWindow window, long nowMillis) {
    return nowMillis < endMillis
        && !WindowCounter.isBeyond(endMillis - window.millis(), window, nowMillis);
  }
}
