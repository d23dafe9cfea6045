package dev.gatehouse.spi.store;

import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PropertyLookup;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A provider of a store for {@code gatehouse.store}; found by {@link java.util.ServiceLoader}.
 *
 * <p>Implementations must have a public constructor without parameters.
 */
public interface ConsumerStoreProvider {
  /** Returns the value of {@code gatehouse.store}, such as {@code jpa}. */
  String name();

  /** Returns the names of the {@code gatehouse.*} properties of this provider. */
  Set<String> settings();

  /**
   * Opens the store.
   *
   * @param lookup the lookup of properties
   * @param seed the Consumers of the configuration file; a persistent store writes them once in its
   *     life, while it is empty
   * @param mistakes receives wrong properties
   * @return the store, whose results the caller caches; empty if there are problems
   * @throws StoreException if the store cannot be reached
   */
  Optional<ConsumerRepository> open(
      PropertyLookup lookup, List<ConsumerEntry> seed, ConfigProblems mistakes);
}
