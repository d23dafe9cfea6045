package dev.gatehouse.internal.property;

import org.jspecify.annotations.Nullable;

/** A place that holds texts under names, as the environment does. */
@FunctionalInterface
public interface TextByName {
  /** The text of a name, or null when there is none. */
  @Nullable String get(String name);
}
