package dev.gatehouse.internal.limit.window;

import dev.gatehouse.spi.limit.RateWindow;

/**
 * What a node took out of a window, or put into it, at once.
 *
 * @param taken how many requests, at least 0
 * @param left how many more the window takes, at least 0
 * @param endMillis when the window ends
 */
public record WindowShare(long taken, long left, long endMillis) {
  /** Whether a window is the present one: it is not over, and the clock has not gone back. */
  public static boolean isOpen(long endMillis, RateWindow window, long nowMillis) {
    return nowMillis < endMillis
        && !WindowCounter.isBeyond(endMillis - window.millis(), window, nowMillis);
  }
}
