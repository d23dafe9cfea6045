package dev.gatehouse.internal.limit.window;

import dev.gatehouse.spi.limit.RateWindow;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of one counter: a function of what was counted and of the time, which is a
 * parameter.
 *
 * <p>Only admitted requests are counted, so a refused client does not wait longer. A moment before
 * the last one counts as the last one, because threads read the clock before they get here. Not
 * safe for use by several threads: the caller holds a lock.
 */
public interface WindowCounter {
  /** What threads, and nodes, may differ by in what they take for the present moment. */
  long MAX_SKEW = 5_000;

  /** A shorter window is not begun again for a moment that lies so little behind. */
  long MIN_JUMP = 1_000;

  /** Counts one request unless the window is used up; null once closed. */
  RateWindow.@Nullable Result acquire(RateWindow window, long nowMillis);

  /** Where the counter stands, without counting; {@code admitted} tells whether one more fits. */
  RateWindow.Result peek(RateWindow window, long nowMillis);

  /**
   * Whether asking at a moment changes the counter although nothing is admitted, because the clock
   * has gone back; false unless overridden.
   */
  default boolean isAhead(long nowMillis) {
    return false;
  }

  /** Whether a moment lies more than one length ahead, so that the clock has gone back. */
  static boolean isBeyond(long moment, RateWindow window, long nowMillis) {
    return moment > nowMillis && moment - nowMillis > Math.max(window.millis(), MIN_JUMP);
  }

  /** For which window it was asked to count last; null if for none. */
  @Nullable RateWindow asked();

  /** Ends counting here for ever, because the counter is about to be forgotten. */
  void close();

  /** All that {@link #of(RateWindow.Kind, long[])} needs to go on from here. */
  long[] state();

  /** A counter that has counted nothing. */
  static WindowCounter of(RateWindow.Kind kind) {
    return switch (kind) {
      case FIXED -> new FixedWindow(false);
      case ALIGNED -> new FixedWindow(true);
      case SLIDING -> new SlidingWindow();
      case STRICT -> new StrictWindow();
    };
  }

  /**
   * A counter that goes on where another one of its kind stood.
   *
   * @throws IllegalArgumentException if that is no state of this kind
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
