package dev.gatehouse.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A set of plugins by name, each with its settings: the {@code plugins} object of a Route or
 * Consumer.
 *
 * <p>Immutable, with its hash computed once, so that it serves as a key on the request path. Safe
 * for use by several threads.
 */
public final class PluginSet {
  /** No plugins. */
  public static final PluginSet EMPTY = new PluginSet(Map.of());

  private final Map<String, PluginSettings> plugins;
  private final int hash;

  private PluginSet(Map<String, PluginSettings> plugins) {
    this.plugins = plugins;
    this.hash = plugins.hashCode();
  }

  /** Copies a map; its order is kept. */
  public static PluginSet of(Map<String, PluginSettings> plugins) {
    return plugins.isEmpty()
        ? EMPTY
        : new PluginSet(Collections.unmodifiableMap(new LinkedHashMap<>(plugins)));
  }

  /** The plugins by name, in the order in which they were written; unmodifiable. */
  public Map<String, PluginSettings> asMap() {
    return plugins;
  }

  /** These but for some names. */
  public PluginSet without(Set<String> names) {
    if (plugins.keySet().stream().noneMatch(names::contains)) {
      return this;
    }
    Map<String, PluginSettings> rest = new LinkedHashMap<>(plugins);
    rest.keySet().removeAll(names);
    return of(rest);
  }

  /** The settings of one plugin, or null when it is not in the set. */
  public @Nullable PluginSettings get(String name) {
    return plugins.get(name);
  }

  /** Whether the set holds no plugin. */
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
