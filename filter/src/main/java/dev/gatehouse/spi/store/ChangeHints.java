package dev.gatehouse.spi.store;

/**
 * Hints that a store may have changed, so that a node polls the {@link ChangeFeed} early.
 *
 * <p>Hints may be lost, repeated or without a change. Implementations must be safe for use by
 * several threads.
 */
public interface ChangeHints extends AutoCloseable {
  /**
   * Begins to listen on a separate thread and continues after failures until it is closed.
   *
   * @param changed called for every hint; must be fast and must not throw
   */
  void listen(Runnable changed);

  /**
   * Sends a hint to other nodes. Does not wait and never throws. The default does nothing, for
   * stores that send hints themselves.
   */
  default void send() {}

  /** Ends the thread and releases all resources. */
  @Override
  void close();
}
