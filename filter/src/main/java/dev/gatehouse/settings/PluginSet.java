package dev.gatehouse.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plugins by name with their settings: the {@code plugins} object of a Route or Consumer.
 *
 * <p>Immutable and safe for use by several threads. The hash is computed once.
 */
public final class PluginSet {
  /** The empty set. */
  public static final PluginSet EMPTY = new PluginSet(Map.of());

  private final Map<String, PluginSettings> plugins;
  private final int hash;

  private PluginSet(Map<String, PluginSettings> plugins) {
    this.plugins = plugins;
    this.hash = plugins.hashCode();
  }

  /** Returns a set with a copy of a map, in the same order. */
  public static PluginSet of(Map<String, PluginSettings> plugins) {
    return plugins.isEmpty()
        ? EMPTY
        : new PluginSet(Collections.unmodifiableMap(new LinkedHashMap<>(plugins)));
  }

  /** Returns the plugins by name in the order of the configuration; unmodifiable. */
  public Map<String, PluginSettings> asMap() {
    return plugins;
  }

  /** Returns this set without some names. */
  public PluginSet without(Set<String> names) {
    if (plugins.keySet().stream().noneMatch(names::contains)) {
      return this;
    }
    Map<String, PluginSettings> rest = new LinkedHashMap<>(plugins);
    rest.keySet().removeAll(names);
    return of(rest);
  }

  /** Returns the settings of a plugin, or null if the set does not contain it. */
  public @Nullable PluginSettings get(String name) {
    return plugins.get(name);
  }

  /** Returns whether the set is empty. */
  public boolean isEmpty() {
    return plugins.isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof PluginSet that && hash == that.hash && plugins.equals(that.plugins));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return String.join("|", plugins.keySet());
  }
}
