package dev.gatehouse.spi.limit;

import dev.gatehouse.spi.store.StoreException;

/** Counts what runs at the same time. Implementations are safe for use by several threads. */
public interface ConnectionCounter {
  /**
   * One more runs, unless that were too many.
   *
   * @param most how many may run
   * @return how many run now with this one, or 0 when it was too many
   * @throws StoreException if it cannot be found out; then it does not count
   */
  long enter(CounterKey key, long most);

  /** One that has entered is over; it must not throw. */
  void leave(CounterKey key);
}
