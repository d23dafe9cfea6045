package dev.gatehouse.spi.limit;

import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PropertyLookup;
import java.util.Optional;
import java.util.Set;

/**
 * A provider of an engine for {@code gatehouse.limits.backend}; found by {@link
 * java.util.ServiceLoader}.
 *
 * <p>Implementations must have a public constructor without parameters.
 */
public interface SharedSlotsProvider {
  /** Returns the value of {@code gatehouse.limits.backend}, such as {@code redis}. */
  String name();

  /** Returns the names of the {@code gatehouse.*} properties of this engine. */
  Set<String> settings();

  /**
   * Opens the engine, even if it cannot be reached now.
   *
   * @param lookup the lookup of properties
   * @param mistakes receives wrong properties and missing libraries
   * @return the engine, or empty if there are problems
   */
  Optional<SharedSlots> open(PropertyLookup lookup, ConfigProblems mistakes);
}
