package dev.gatehouse.store;

import dev.gatehouse.spi.Window;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of one counter: a window that begins with its first request and counts up to a
 * limit.
 *
 * <p>Only admitted requests are counted, so a refused client does not wait longer. A changed limit
 * keeps what was used, a changed length moves the end. Time is a parameter; a moment before the
 * beginning counts as the beginning, because threads read the clock before they get here. Not safe
 * for use by several threads: the caller holds a lock. Source: reference section 3.2.
 */
final class FixedWindow {
  private long start;
  private long used;
  private boolean closed;

  /** Counts one request unless the window is used up; null once closed. */
  Window.@Nullable State acquire(Window window, long nowMillis) {
    if (closed) {
      return null;
    }
    if (over(window, nowMillis)) {
      start = nowMillis;
      used = 0;
    }
    boolean admitted = used < window.limit();
    if (admitted) {
      used++;
    }
    return state(admitted, window, nowMillis);
  }

  /** Where the counter stands; a window that has not begun is whole. */
  Window.State peek(Window window, long nowMillis) {
    return over(window, nowMillis)
        ? whole(window)
        : state(used < window.limit(), window, nowMillis);
  }

  /** Ends counting here for ever, because the counter is about to be forgotten. */
  void close() {
    closed = true;
  }

  /** The state before any request. */
  static Window.State whole(Window window) {
    return new Window.State(true, window.limit(), window.millis());
  }

  private boolean over(Window window, long nowMillis) {
    return used == 0 || elapsed(nowMillis) >= window.millis();
  }

  private long elapsed(long nowMillis) {
    return Math.max(0, nowMillis - start);
  }

  private Window.State state(boolean admitted, Window window, long nowMillis) {
    return new Window.State(
        admitted, Math.max(0, window.limit() - used), window.millis() - elapsed(nowMillis));
  }
}
