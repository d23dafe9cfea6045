package dev.gatehouse.spi.plugin;

/**
 * A resource that an admitted request holds until it is complete, such as a connection slot.
 *
 * <p>The filter releases it exactly once: at the normal end, an exception, a later refusal, the end
 * of asynchronous work, or a lost connection.
 */
@FunctionalInterface
public interface Permit {
  /** Releases the resource. Must not throw. */
  void release();
}
