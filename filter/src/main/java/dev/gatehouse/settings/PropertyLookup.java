package dev.gatehouse.settings;

import java.util.Optional;

/**
 * Looks up a setting of the product by its full name, as in {@code gatehouse.data-source}.
 *
 * <p>Places, first found wins: MicroProfile Config if present, context parameter, system property,
 * environment. References such as {@code $env://NAME} are resolved.
 */
@FunctionalInterface
public interface PropertyLookup {
  /** The value, or empty when it is set nowhere. */
  Optional<String> get(String name);
}
