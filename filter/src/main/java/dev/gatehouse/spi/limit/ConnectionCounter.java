package dev.gatehouse.spi.limit;

import dev.gatehouse.spi.store.StoreException;

/** A counter of concurrent requests. Implementations must be safe for use by several threads. */
public interface ConnectionCounter {
  /**
   * Adds a request unless there are too many.
   *
   * @param most the maximum number of requests
   * @return the number of requests including this one, or 0 if it was refused
   * @throws StoreException if the number is unknown; the request is not added
   */
  long enter(CounterKey key, long most);

  /** Removes a request. Must not throw. */
  void leave(CounterKey key);
}
