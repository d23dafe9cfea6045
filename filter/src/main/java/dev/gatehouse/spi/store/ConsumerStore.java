package dev.gatehouse.spi.store;

import dev.gatehouse.Consumer;
import dev.gatehouse.settings.PluginSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lookups of a request: Credential, Consumer and group.
 *
 * <p>Null means that there is no such record. A {@link StoreException} means that the store could
 * not answer, and the filter answers 503. Implementations must be safe for use by several threads.
 */
public interface ConsumerStore extends AutoCloseable {
  /**
   * Returns the Credential of a plugin under a lookup key, with its owner.
   *
   * @return null if there is none
   * @throws StoreException if the store cannot answer
   */
  @Nullable StoredCredential credential(String plugin, LookupKey lookup);

  /**
   * Returns the Consumer of a username.
   *
   * @return null if there is none
   * @throws StoreException if the store cannot answer
   */
  @Nullable Consumer consumer(String username);

  /**
   * Returns the interceptors of a group of Consumers by its id.
   *
   * @return null if there is none; always null unless overridden
   * @throws StoreException if the store cannot answer
   */
  default @Nullable PluginSet group(String id) {
    return null;
  }

  /**
   * Returns the feed of what other nodes change. Without one, a cache must ask again after a while.
   *
   * @return empty unless overridden
   */
  default Optional<ChangeFeed> feed() {
    return Optional.empty();
  }

  /** Closes this store; does nothing unless overridden. */
  @Override
  default void close() {}
}
