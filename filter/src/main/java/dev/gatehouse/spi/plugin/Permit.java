package dev.gatehouse.spi.plugin;

/**
 * Something that an admitted request holds until it is really over, as a connection slot.
 *
 * <p>The filter gives it back exactly once on every path: normal end, exception, later refusal, end
 * of asynchronous work, client gone.
 */
@FunctionalInterface
public interface Permit {
  /** Gives it back; must not throw. */
  void release();
}
