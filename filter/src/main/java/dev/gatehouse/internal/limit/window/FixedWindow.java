package dev.gatehouse.internal.limit.window;

import dev.gatehouse.spi.limit.RateWindow;
import org.jspecify.annotations.Nullable;

/**
 * A fixed window. It begins with its first request or at a multiple of its length.
 *
 * <p>A changed limit preserves the used permits; a changed length moves the end. If the clock has
 * gone back so that the window begins more than one length ahead, a new window begins. If it begins
 * less far ahead, it becomes the present window with its used permits. So a clock change neither
 * renews a limit nor extends it beyond its length.
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

  /** Takes up to {@code most} permits for a node that admits requests itself. */
  public WindowShare take(RateWindow window, long nowMillis, long most) {
    turn(window, nowMillis);
    long taken = Math.max(0, Math.min(most, window.limit() - used));
    used += taken;
    return new WindowShare(taken, Math.max(0, window.limit() - used), start + window.millis());
  }

  /** Adds requests that a node has admitted, even beyond the limit. */
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

  /** A window that has not begun has all permits. */
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
