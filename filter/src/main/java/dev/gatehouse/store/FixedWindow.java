package dev.gatehouse.store;

import dev.gatehouse.spi.Window;
import org.jspecify.annotations.Nullable;

/**
 * A window that counts up to a limit, and begins with its first request or at a multiple of its
 * length.
 *
 * <p>A changed limit keeps what was used, a changed length moves the end. Source: reference section
 * 3.2.
 */
final class FixedWindow implements Counter {
  private final boolean aligned;
  private long start;
  private long used;
  private boolean closed;

  FixedWindow(boolean aligned) {
    this.aligned = aligned;
  }

  @Override
  public Window.@Nullable State acquire(Window window, long nowMillis) {
    if (closed) {
      return null;
    }
    if (over(window, nowMillis)) {
      start = begin(window, nowMillis);
      used = 0;
    }
    boolean admitted = used < window.limit();
    if (admitted) {
      used++;
    }
    return state(admitted, window, elapsed(nowMillis));
  }

  /** A window that has not begun is whole. */
  @Override
  public Window.State peek(Window window, long nowMillis) {
    return over(window, nowMillis)
        ? new Window.State(
            true, window.limit(), window.millis() - (nowMillis - begin(window, nowMillis)))
        : state(used < window.limit(), window, elapsed(nowMillis));
  }

  @Override
  public void close() {
    closed = true;
  }

  private long begin(Window window, long nowMillis) {
    return aligned ? nowMillis - Math.floorMod(nowMillis, window.millis()) : nowMillis;
  }

  private boolean over(Window window, long nowMillis) {
    return used == 0 || elapsed(nowMillis) >= window.millis();
  }

  private long elapsed(long nowMillis) {
    return Math.max(0, nowMillis - start);
  }

  private Window.State state(boolean admitted, Window window, long elapsed) {
    return new Window.State(
        admitted, Math.max(0, window.limit() - used), window.millis() - elapsed);
  }
}
