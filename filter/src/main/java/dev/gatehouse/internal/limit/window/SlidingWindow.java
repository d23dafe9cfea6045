package dev.gatehouse.internal.limit.window;

import dev.gatehouse.spi.limit.RateWindow;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A sliding window: the present and the previous window, each beginning at a multiple of the
 * length. The previous one counts by the part that a trailing window still covers.
 *
 * <p>All comparisons use whole numbers, without rounding: with the length {@code W} and the rest
 * {@code t} of the present window, a request is refused if {@code before * t + now * W >= limit *
 * W}. A changed limit preserves the used permits; if the length changes, they count as used in the
 * present window.
 */
final class SlidingWindow implements WindowCounter {
  private static final int SAFE_BITS = 62;

  private long last = Long.MIN_VALUE;
  private long millis;
  private long id;
  private long present;
  private long before;
  private boolean closed;
  private @Nullable RateWindow asked;

  static SlidingWindow of(long[] state) {
    if (state.length != 5 || state[1] < 1 || state[3] < 0 || state[4] < 0) {
      throw new IllegalArgumentException("a sliding window has five numbers");
    }
    SlidingWindow window = new SlidingWindow();
    window.last = state[0];
    window.millis = state[1];
    window.id = state[2];
    window.present = state[3];
    window.before = state[4];
    return window;
  }

  @Override
  public long[] state() {
    return new long[] {last, millis, id, present, before};
  }

  @Override
  public RateWindow.@Nullable Result acquire(RateWindow window, long nowMillis) {
    if (closed) {
      return null;
    }
    asked = window;
    turn(window, nowMillis);
    boolean admitted = takes(window);
    present += admitted ? 1 : 0;
    return state(admitted, window);
  }

  @Override
  public RateWindow.Result peek(RateWindow window, long nowMillis) {
    SlidingWindow copy = new SlidingWindow();
    copy.last = last;
    copy.millis = millis;
    copy.id = id;
    copy.present = present;
    copy.before = before;
    copy.turn(window, nowMillis);
    return copy.state(copy.takes(window), window);
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
    if (WindowCounter.isBeyond(last, window, nowMillis)) {
      last = nowMillis;
      millis = 0;
      present = 0;
      before = 0;
    }
    last = Math.max(last, nowMillis);
    long now = Math.floorDiv(last, window.millis());
    if (window.millis() != millis) {
      present += before;
      before = 0;
      millis = window.millis();
    } else if (now != id) {
      before = now == id + 1 ? present : 0;
      present = 0;
    }
    id = now;
  }

  /** Returns the rest of the present window, in milliseconds. */
  private long left() {
    return millis - Math.floorMod(last, millis);
  }

  private boolean takes(RateWindow window) {
    return present < window.limit() && weight(window).signum() > 0;
  }

  private long capped(RateWindow window) {
    return Math.min(before, window.limit());
  }

  /** Returns the free permits times the length: {@code (limit - present) * W - before * t}. */
  private BigInteger weight(RateWindow window) {
    long free = window.limit() - present;
    long prior = capped(window);
    if (bits(free) + bits(millis) < SAFE_BITS && bits(prior) + bits(millis) < SAFE_BITS) {
      return BigInteger.valueOf(free * millis - prior * left());
    }
    return product(free, millis).subtract(product(prior, left()));
  }

  private RateWindow.Result state(boolean admitted, RateWindow window) {
    BigInteger weight = weight(window);
    long remaining =
        weight.signum() <= 0 ? 0 : weight.divide(BigInteger.valueOf(millis)).longValueExact();
    boolean byWeight = !admitted && present < window.limit();
    return new RateWindow.Result(admitted, remaining, byWeight ? untilFit(window) : left());
  }

  /** Returns {@code t - (limit - present) * W / before}, rounded up. */
  private long untilFit(RateWindow window) {
    BigInteger prior = BigInteger.valueOf(capped(window));
    BigInteger exact =
        product(left(), capped(window)).subtract(product(window.limit() - present, millis));
    BigInteger[] parts = exact.divideAndRemainder(prior);
    long whole = parts[0].longValueExact() + (parts[1].signum() > 0 ? 1 : 0);
    return Math.max(0, whole);
  }

  private static int bits(long number) {
    return Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, number));
  }

  private static BigInteger product(long one, long other) {
    return BigInteger.valueOf(one).multiply(BigInteger.valueOf(other));
  }
}
