package dev.gatehouse.internal.limit.window;

import dev.gatehouse.spi.limit.RateWindow;
import org.jspecify.annotations.Nullable;

/**
 * A window that counts up to a limit, and begins with its first request or at a multiple of its
 * length.
 *
 * <p>A changed limit keeps what was used, a changed length moves the end. A window that begins more
 * than one length ahead, because the clock has gone back, begins again. One that begins less far
 * ahead becomes the present window, with what was used, so that a clock neither renews a limit nor
 * holds it back for longer than its length. Source: reference section 3.2.
 */
public final class FixedWindow implements WindowCounter {
  private final boolean aligned;
  private long start;
  private long used;
  private boolean closed;
  private @Nullable RateWindow asked;

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
  public WindowShare take(RateWindow window, long nowMillis, long most) {
    turn(window, nowMillis);
    long taken = Math.max(0, Math.min(most, window.limit() - used));
    used += taken;
    return new WindowShare(taken, Math.max(0, window.limit() - used), start + window.millis());
  }

  /** Counts requests that a node has admitted itself, whether they fit or not. */
  public WindowShare add(RateWindow window, long nowMillis, long admitted) {
    turn(window, nowMillis);
    used += admitted;
    return new WindowShare(admitted, Math.max(0, window.limit() - used), start + window.millis());
  }

  @Override
  public RateWindow.@Nullable Result acquire(RateWindow window, long nowMillis) {
    if (closed) {
      return null;
    }
    asked = window;
    turn(window, nowMillis);
    boolean admitted = used < window.limit();
    if (admitted) {
      used++;
    }
    return state(admitted, window, elapsed(window, nowMillis));
  }

  /** A window that has not begun is whole. */
  @Override
  public RateWindow.Result peek(RateWindow window, long nowMillis) {
    return over(window, nowMillis)
        ? new RateWindow.Result(
            true, window.limit(), window.millis() - (nowMillis - begin(window, nowMillis)))
        : state(used < window.limit(), window, elapsed(window, nowMillis));
  }

  @Override
  public boolean isAhead(long nowMillis) {
    return used > 0 && start > nowMillis && start - nowMillis > MAX_SKEW;
  }

  @Override
  public @Nullable RateWindow asked() {
    return asked;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void turn(RateWindow window, long nowMillis) {
    if (over(window, nowMillis)) {
      used = 0;
      start = begin(window, nowMillis);
    } else {
      start = present(window, nowMillis);
    }
  }

  private long begin(RateWindow window, long nowMillis) {
    return aligned ? nowMillis - Math.floorMod(nowMillis, window.millis()) : nowMillis;
  }

  private long present(RateWindow window, long nowMillis) {
    return isAhead(nowMillis) ? begin(window, nowMillis) : start;
  }

  private boolean over(RateWindow window, long nowMillis) {
    return used == 0
        || nowMillis - start >= window.millis()
        || WindowCounter.isBeyond(start, window, nowMillis);
  }

  private long elapsed(RateWindow window, long nowMillis) {
    return Math.max(0, nowMillis - present(window, nowMillis));
  }

  private RateWindow.Result state(boolean admitted, RateWindow window, long elapsed) {
    return new RateWindow.Result(
        admitted, Math.max(0, window.limit() - used), window.millis() - elapsed);
  }
}
