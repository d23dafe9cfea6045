package dev.gatehouse.internal.limit.window;

import dev.gatehouse.spi.limit.RateWindow;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A ring of short windows that together cover more than the length, so that no trailing window
 * exceeds the limit.
 *
 * <p>With {@code K} parts per length it admits about {@code K / (K + 1)} of the limit at steady
 * load. A changed limit preserves the used permits; if the length changes, they count as used now.
 */
final class StrictWindow implements WindowCounter {
  private static final int MAX_PARTS = 60;
  private static final int MIN_PARTS = 10;
  private static final long MILLIS = 1_000;
  private static final int PARTS_A_SECOND = 4;

  /** The number of leading state values that are not parts. */
  private static final int HEAD = 3;

  private long[] parts = new long[0];
  private long millis;
  private long id = Long.MIN_VALUE;
  private long last = Long.MIN_VALUE;
  private long used;
  private boolean closed;
  private @Nullable RateWindow asked;

  static StrictWindow of(long[] state) {
    if (state.length < HEAD || state[0] < 1 || state.length != HEAD + parts(state[0]) + 1) {
      throw new IllegalArgumentException("a strict window has three numbers and its parts");
    }
    StrictWindow window = new StrictWindow();
    window.millis = state[0];
    window.id = state[1];
    window.last = state[2];
    window.parts = Arrays.copyOfRange(state, HEAD, state.length);
    for (long part : window.parts) {
      window.used += part;
    }
    return window;
  }

  @Override
  public long[] state() {
    long[] state = new long[HEAD + parts.length];
    state[0] = millis;
    state[1] = id;
    state[2] = last;
    System.arraycopy(parts, 0, state, HEAD, parts.length);
    return state;
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
      parts[index(id)]++;
      used++;
    }
    return state(admitted, window);
  }

  @Override
  public RateWindow.Result peek(RateWindow window, long nowMillis) {
    StrictWindow copy = new StrictWindow();
    copy.parts = parts.clone();
    copy.millis = millis;
    copy.id = id;
    copy.last = last;
    copy.used = used;
    copy.turn(window, nowMillis);
    return copy.state(copy.used < window.limit(), window);
  }

  @Override
  public @Nullable RateWindow asked() {
    return asked;
  }

  @Override
  public void close() {
    closed = true;
  }

  /** Returns the number of parts of a length. Longer windows have more parts. */
  static int parts(long millis) {
    long wanted = millis / MILLIS * PARTS_A_SECOND;
    return (int) Math.max(MIN_PARTS, Math.min(MAX_PARTS, wanted));
  }

  /** Returns the length of a part, rounded up so that the parts cover the whole length. */
  private long part() {
    int count = parts.length - 1;
    return millis / count + (millis % count == 0 ? 0 : 1);
  }

  private void turn(RateWindow window, long nowMillis) {
    if (WindowCounter.isBeyond(last, window, nowMillis)) {
      last = nowMillis;
      millis = 0;
      used = 0;
    }
    last = Math.max(last, nowMillis);
    if (window.millis() != millis) {
      millis = window.millis();
      parts = new long[parts(millis) + 1];
      id = Math.floorDiv(last, part());
      parts[index(id)] = used;
      return;
    }
    long now = Math.floorDiv(last, part());
    long gone = Math.min(now - id, parts.length);
    for (long i = 1; i <= gone; i++) {
      int index = index(id + i);
      used -= parts[index];
      parts[index] = 0;
    }
    id = now;
  }

  private int index(long part) {
    return (int) Math.floorMod(part, (long) parts.length);
  }

  private RateWindow.Result state(boolean admitted, RateWindow window) {
    return new RateWindow.Result(admitted, Math.max(0, window.limit() - used), untilLess());
  }

  /** Returns the time until the oldest used part expires. */
  private long untilLess() {
    for (long i = parts.length - 1L; i >= 0; i--) {
      if (parts[index(id - i)] > 0) {
        return (id - i + parts.length) * part() - last;
      }
    }
    return 0;
  }
}
