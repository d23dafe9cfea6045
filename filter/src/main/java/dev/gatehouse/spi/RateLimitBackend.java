package dev.gatehouse.spi;

/**
 * An engine that counts requests in windows.
 *
 * <p>Never more than the limit is admitted in one window, under any number of threads; what a
 * window is its {@link Window.Kind} says, and one key is asked about with one kind only. A limit
 * that changes keeps what was used. Time is a parameter: milliseconds since 1970 that never go
 * back. Implementations are safe for use by several threads.
 */
public interface RateLimitBackend {
  /** Counts one request, unless the window is used up. */
  Window.State acquire(CounterKey key, Window window, long nowMillis);

  /** Lets a request into a leaky bucket unless it would overflow; a refused one changes nothing. */
  Bucket.State pour(CounterKey key, Bucket bucket, long nowMillis);

  /** Where the counter stands, without counting; {@code admitted} tells whether one more fits. */
  Window.State peek(CounterKey key, Window window, long nowMillis);
}
