package dev.gatehouse.spi.limit;

import dev.gatehouse.spi.store.StoreException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Counts requests in windows and leaky buckets.
 *
 * <p>Never more than the limit is admitted in one window, under any number of threads; what a
 * window is, its {@link RateWindow.Kind} says. One key is used with one kind of window only. A
 * changed limit preserves the used permits.
 *
 * <p>Time is a parameter: milliseconds since 1970 of a clock that never goes back. The methods are
 * called on threads of requests; one that asks another process must return or throw within a
 * configured time. Implementations must be safe for use by several threads. For example:
 *
 * <pre>{@code
 * CounterKey key = new CounterKey(call.owner(), "my-limit", address);
 * RateWindow.Result state = limits.acquire(key, new RateWindow(100, 60_000), parts.ticker().millis());
 * if (!state.admitted()) {
 *   // refuse; try again in state.resetMillis()
 * }
 * }</pre>
 */
public interface RateLimiter {
  /**
   * Counts one request unless the window is used up.
   *
   * @param key what is counted
   * @param window the limit; may differ from the one of the last call with this key
   * @param nowMillis the present moment
   * @return {@code admitted} is true if the request was counted, and false if the window was used
   *     up: then nothing has changed. {@code remaining} is what is left after this call
   * @throws StoreException if it cannot be counted; it may have been counted all the same
   */
  RateWindow.Result acquire(CounterKey key, RateWindow window, long nowMillis);

  /**
   * Lets a request into a leaky bucket unless it would overflow.
   *
   * @return {@code admitted} is true if the request is in the bucket and has to wait for {@code
   *     delayMillis}, and false if it would overflow: then nothing has changed
   * @throws StoreException if it cannot be counted; it may have been counted all the same
   */
  LeakyBucketLimit.Result acquire(CounterKey key, LeakyBucketLimit bucket, long nowMillis);

  /**
   * Returns the counter of one key, for a caller that uses the key again and again, as a limit of
   * one Consumer does. A local limiter does not evict the counter while the caller holds the
   * result.
   *
   * @param key what is counted
   * @param kind the kind of all windows with which it is counted
   */
  default KeyCounter counter(CounterKey key, RateWindow.Kind kind) {
    return (window, nowMillis) -> acquire(key, window, nowMillis);
  }

  /** The counter of one key; safe for use by several threads. */
  @FunctionalInterface
  interface KeyCounter {
    /**
     * Counts one request, as {@link RateLimiter#acquire(CounterKey, RateWindow, long)} does.
     *
     * @throws StoreException if it cannot be counted; it may have been counted all the same
     */
    RateWindow.Result acquire(RateWindow window, long nowMillis);
  }

  /**
   * Reads a counter and counts nothing.
   *
   * @return {@code admitted} is true if one more request would be admitted
   * @throws StoreException if it cannot be found out
   */
  RateWindow.Result peek(CounterKey key, RateWindow window, long nowMillis);

  /**
   * Returns the state of the local counters of windows in the order of their keys. The default is
   * an empty list. It reads all counters, so it must not be called for each request.
   *
   * @param wanted true of the keys to return
   * @param most how many are returned at most
   */
  default List<Snapshot> snapshot(Predicate<CounterKey> wanted, int most, long nowMillis) {
    return List.of();
  }

  /**
   * The state of one counter.
   *
   * @param key what it counts
   * @param window the limit of the last call that counted
   * @param state as {@link #peek} returns it
   */
  record Snapshot(CounterKey key, RateWindow window, RateWindow.Result state) {}
}
