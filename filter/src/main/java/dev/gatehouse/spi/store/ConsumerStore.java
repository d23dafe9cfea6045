package dev.gatehouse.spi.store;

import dev.gatehouse.Consumer;
import dev.gatehouse.settings.PluginSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where Consumers and Credentials are read from; it answers three questions.
 *
 * <p>"Not there" is null; "could not find out" is a {@link StoreException}, which the filter turns
 * into 503. Implementations are safe for use by several threads.
 */
public interface ConsumerStore extends AutoCloseable {
  /**
   * The Credential of a plugin under a lookup key, with its owner; null when there is none.
   *
   * @throws StoreException if the store cannot answer
   */
  @Nullable StoredCredential credential(String plugin, LookupKey lookup);

  /**
   * The Consumer of a username; null when there is none.
   *
   * @throws StoreException if the store cannot answer
   */
  @Nullable Consumer consumer(String username);

  /**
   * The interceptors of a group of Consumers by its id; null, as it is unless overridden, when
   * there is none.
   *
   * @throws StoreException if the store cannot answer
   */
  default @Nullable PluginSet group(String id) {
    return null;
  }

  /**
   * Tells what other nodes change; empty, as it is unless overridden, when the store cannot tell,
   * so that whoever keeps its answers must ask again after a while.
   */
  default Optional<ChangeFeed> feed() {
    return Optional.empty();
  }

  /** Gives back what the store holds; does nothing unless overridden. */
  @Override
  default void close() {}
}
