package dev.gatehouse.internal.limit.window;

import dev.gatehouse.spi.limit.RateWindow;
import org.jspecify.annotations.Nullable;

/**
 * A counter of a window. The time is a parameter.
 *
 * <p>Only admitted requests are counted, so refusals do not extend the wait of a client. A time
 * before the last one counts as the last one, because threads read the clock before they acquire
 * the lock. Not safe for use by several threads; callers must hold a lock.
 */
public interface WindowCounter {
  /** The largest clock difference of threads and nodes, in milliseconds. */
  long MAX_SKEW = 5_000;

  /** The smallest step back of the clock that begins a window again, in milliseconds. */
  long MIN_JUMP = 1_000;

  /** Counts a request unless the window is used up. Returns null if the counter is closed. */
  RateWindow.@Nullable Result acquire(RateWindow window, long nowMillis);

  /**
   * Returns the state without counting; {@code admitted} says whether a request would be admitted.
   */
  RateWindow.Result peek(RateWindow window, long nowMillis);

  /**
   * Returns whether a call changes the counter even without an admission, because the clock has
   * gone back. The default is false.
   */
  default boolean isAhead(long nowMillis) {
    return false;
  }

  /** Returns whether a time is more than one length ahead, so that the clock has gone back. */
  static boolean isBeyond(long moment, RateWindow window, long nowMillis) {
    return moment > nowMillis && moment - nowMillis > Math.max(window.millis(), MIN_JUMP);
  }

  /** Returns the window of the last call, or null. */
  @Nullable RateWindow asked();

  /** Closes the counter before its eviction. Further calls do not count. */
  void close();

  /** Returns the state for {@link #of(RateWindow.Kind, long[])}. */
  long[] state();

  /** Returns a new counter. */
  static WindowCounter of(RateWindow.Kind kind) {
    return switch (kind) {
      case FIXED -> new FixedWindow(false);
      case ALIGNED -> new FixedWindow(true);
      case SLIDING -> new SlidingWindow();
      case STRICT -> new StrictWindow();
    };
  }

  /**
   * Returns a counter with a saved state.
   *
   * @throws IllegalArgumentException if the state is invalid for this kind
   */
  static WindowCounter of(RateWindow.Kind kind, long[] state) {
    return switch (kind) {
      case FIXED -> FixedWindow.of(false, state);
      case ALIGNED -> FixedWindow.of(true, state);
      case SLIDING -> SlidingWindow.of(state);
      case STRICT -> StrictWindow.of(state);
    };
  }
}
