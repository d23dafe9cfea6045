package dev.gatehouse.spi.limit;

import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PropertyLookup;
import java.util.Optional;
import java.util.Set;

/**
 * Opens the engine that {@code gatehouse.limits.backend} names; found by {@link
 * java.util.ServiceLoader}.
 *
 * <p>Implementations have a public constructor without parameters.
 */
public interface SharedSlotsProvider {
  /** The value of {@code gatehouse.limits.backend} that means this engine, as in {@code redis}. */
  String name();

  /** The names of the {@code gatehouse.*} settings that this engine reads. */
  Set<String> settings();

  /**
   * Opens the engine, whether it can be reached at the moment or not.
   *
   * @param lookup looks up the product's settings
   * @param mistakes receives wrong settings, and a library that is not there
   * @return the engine, or empty when there were mistakes
   */
  Optional<SharedSlots> open(PropertyLookup lookup, ConfigProblems mistakes);
}
