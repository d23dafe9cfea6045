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
  private @Nullable Window asked;

  FixedWindow(boolean aligned) {
    this.aligned = aligned;
  }

  static FixedWindow of(boolean aligned, long[] state) {
    if (state.length != 2 || state[1] < 0) {
      throw new IllegalArgumentException("a fixed window has two numbers");
    }
    FixedWindow window = new FixedWindow(aligned);
    window.start = state[0];
    window.used = state[1];
    return window;
  }

  @Override
  public long[] state() {
    return new long[] {start, used};
  }

  /** Counts as many requests as fit, at most so many, for a node that admits them itself. */
  Chunk take(Window window, long nowMillis, long most) {
    begin(window, nowMillis, over(window, nowMillis));
    long taken = Math.max(0, Math.min(most, window.limit() - used));
    used += taken;
    return new Chunk(taken, Math.max(0, window.limit() - used), start + window.millis());
  }

  /** Counts requests that a node has admitted itself, whether they fit or not. */
  Chunk add(Window window, long nowMillis, long admitted) {
    begin(window, nowMillis, over(window, nowMillis));
    used += admitted;
    return new Chunk(admitted, Math.max(0, window.limit() - used), start + window.millis());
  }

  @Override
  public Window.@Nullable State acquire(Window window, long nowMillis) {
    if (closed) {
      return null;
    }
    asked = window;
    begin(window, nowMillis, over(window, nowMillis));
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
  public @Nullable Window asked() {
    return asked;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void begin(Window window, long nowMillis, boolean anew) {
    if (anew) {
      start = begin(window, nowMillis);
      used = 0;
    }
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
