package dev.gatehouse.internal.plugin;

import dev.gatehouse.settings.PluginSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The configured plugins of a Route or of all Routes. Immutable and safe for use by several
 * threads.
 */
public final class ConfiguredPlugins {
  /** No plugins. */
  public static final ConfiguredPlugins NONE =
      new ConfiguredPlugins(PluginSet.EMPTY, List.of(), Map.of());

  private final PluginSet settings;
  private final List<ConfiguredAuthenticator<?>> authenticators;
  private final Map<String, ConfiguredInterceptor<?>> interceptors;

  ConfiguredPlugins(
      PluginSet settings,
      List<ConfiguredAuthenticator<?>> authenticators,
      Map<String, ConfiguredInterceptor<?>> interceptors) {
    this.settings = settings;
    this.authenticators = List.copyOf(authenticators);
    this.interceptors = new LinkedHashMap<>(interceptors);
  }

  /** Returns the settings of all plugins. */
  public PluginSet settings() {
    return settings;
  }

  /** Returns these plugins, and those of all Routes with other names. */
  public ConfiguredPlugins over(ConfiguredPlugins ofAllRoutes) {
    Set<String> own = settings.asMap().keySet();
    List<ConfiguredAuthenticator<?>> both = new ArrayList<>(ofAllRoutes.authenticators);
    both.removeIf(each -> own.contains(each.plugin().name()));
    both.addAll(authenticators);
    both.sort(Comparator.comparing(each -> -each.plugin().priority()));
    Map<String, ConfiguredInterceptor<?>> merged = new LinkedHashMap<>(ofAllRoutes.interceptors);
    merged.keySet().removeAll(own);
    merged.putAll(interceptors);
    return new ConfiguredPlugins(settings, both, merged);
  }

  /** Returns the credential plugins; sorted if they are {@link #over} others. */
  public List<ConfiguredAuthenticator<?>> authenticators() {
    return authenticators;
  }

  /** Returns a copy of the interceptors by name. */
  public Map<String, ConfiguredInterceptor<?>> interceptors() {
    return new LinkedHashMap<>(interceptors);
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
