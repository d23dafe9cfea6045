package dev.gatehouse.spi;

import java.util.List;
import java.util.function.Predicate;

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

  /**
   * Where counters stand that this node keeps itself, in the order of their keys; none unless it is
   * overridden. It looks at all of them, so it is for people and not for requests.
   *
   * @param most how many are wanted at most
   */
  default List<Standing> standing(Predicate<CounterKey> wanted, int most, long nowMillis) {
    return List.of();
  }

  /**
   * A counter.
   *
   * @param window for which it counted last
   */
  record Standing(CounterKey key, Window window, Window.State state) {}
}
