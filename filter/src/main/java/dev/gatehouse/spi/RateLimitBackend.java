package dev.gatehouse.spi;

/**
 * An engine that counts requests in fixed windows, each beginning with the first request of its
 * key.
 *
 * <p>Never more than the limit is admitted in one window, under any number of threads. A limit that
 * changes keeps what was used. Time is a parameter: milliseconds that never go back.
 * Implementations are safe for use by several threads.
 */
public interface RateLimitBackend {
  /** Counts one request, unless the window is used up. */
  Window.State acquire(CounterKey key, Window window, long nowMillis);

  /** Where the counter stands, without counting; {@code admitted} tells whether one more fits. */
  Window.State peek(CounterKey key, Window window, long nowMillis);
}
