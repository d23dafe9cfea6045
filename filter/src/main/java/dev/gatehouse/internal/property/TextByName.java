package dev.gatehouse.internal.property;

import org.jspecify.annotations.Nullable;

/** A lookup of texts by name, such as the environment. */
@FunctionalInterface
public interface TextByName {
  /** Returns the text of a name, or null. */
  @Nullable String get(String name);
}
