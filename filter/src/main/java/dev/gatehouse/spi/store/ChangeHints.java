package dev.gatehouse.spi.store;

/**
 * Tells a node that something in the store may have changed, so that it looks at the {@link
 * ChangeFeed} before its time.
 *
 * <p>A hint that is lost, comes twice, or means nothing costs one look. Implementations are safe
 * for use by several threads. Source: limits section 10.
 */
public interface ChangeHints extends AutoCloseable {
  /**
   * Begins to listen, on a thread of its own, and goes on after failures until it is closed.
   *
   * @param changed is called with every hint; it is quick and never throws
   */
  void listen(Runnable changed);

  /**
   * Tells other nodes that this one has changed something; nothing unless it is overridden, where
   * the store tells so itself. It waits for nobody and never throws.
   */
  default void tell() {}

  /** Ends the thread and gives back what it holds. */
  @Override
  void close();
}
