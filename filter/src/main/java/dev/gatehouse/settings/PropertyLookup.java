package dev.gatehouse.settings;

import java.util.Optional;

/**
 * A lookup of properties of the product by their full names, such as {@code gatehouse.data-source}.
 *
 * <p>Sources in order of precedence: MicroProfile Config if present, context parameter, system
 * property, environment variable. References such as {@code $env://NAME} are resolved.
 */
@FunctionalInterface
public interface PropertyLookup {
  /** Returns the value, or empty if no source has the property. */
  Optional<String> get(String name);
}
