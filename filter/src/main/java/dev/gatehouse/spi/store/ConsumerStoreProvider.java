package dev.gatehouse.spi.store;

import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PropertyLookup;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Opens the store that {@code gatehouse.store} names; found by {@link java.util.ServiceLoader}.
 *
 * <p>Implementations have a public constructor without parameters.
 */
public interface ConsumerStoreProvider {
  /** The value of {@code gatehouse.store} that means this provider, as in {@code jpa}. */
  String name();

  /** The names of the {@code gatehouse.*} settings that only this provider reads. */
  Set<String> settings();

  /**
   * Opens the store.
   *
   * @param lookup looks up the product's settings
   * @param seed the Consumers of the configuration file; a store that keeps its content writes them
   *     only when it is empty
   * @param mistakes receives wrong settings
   * @return the store, whose answers the caller caches; empty if there were mistakes
   * @throws StoreException if the store cannot be reached
   */
  Optional<ConsumerRepository> open(
      PropertyLookup lookup, List<ConsumerEntry> seed, ConfigProblems mistakes);
}
