package dev.gatehouse.internal.limit.window;

import dev.gatehouse.spi.limit.Window;

/**
 * What a node took out of a window, or put into it, at once.
 *
 * @param taken how many requests, at least 0
 * @param left how many more the window takes, at least 0
 * @param endMillis when the window ends
 */
public record Chunk(long taken, long left, long endMillis) {
  /** Whether a window is the present one: it is not over, and the clock has not gone back. */
  public static boolean isOpen(long endMillis, Window window, long nowMillis) {
    return nowMillis < endMillis
        && !Counter.isBeyond(endMillis - window.millis(), window, nowMillis);
  }
}
