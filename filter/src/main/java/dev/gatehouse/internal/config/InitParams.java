package dev.gatehouse.internal.config;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Route;
import dev.gatehouse.internal.engine.ConfiguredPlugins;
import dev.gatehouse.internal.engine.ConfiguredRoute;
import dev.gatehouse.internal.engine.PluginRegistry;
import dev.gatehouse.internal.property.PropertySources;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import jakarta.servlet.FilterConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The parameters of one filter in {@code web.xml}: each is a plugin's name with that plugin's JSON.
 *
 * @param filter the filter's name
 * @param parameters all its parameters by name
 */
public record InitParams(String filter, Map<String, String> parameters) {
  /** All filters of an application share one store and its settings. */
  private static final String SHARED =
      "is a setting of the application; give it as a context-param";

  /** Copies the parameters, sorted, so that mistakes are listed in one order on every server. */
  public InitParams {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /** The parameters of a filter that the container starts. */
  public static InitParams of(FilterConfig config) {
    Map<String, String> parameters = new TreeMap<>();
    for (String name : Collections.list(config.getInitParameterNames())) {
      parameters.put(name, config.getInitParameter(name));
    }
    return new InitParams(config.getFilterName(), parameters);
  }

  /**
   * Returns the Route that the plugins among them make: it holds for all that the container maps to
   * the filter. Empty if there is no plugin.
   *
   * @param label how the place of the parameters is called in messages
   * @param mistakes receives all that is wrong; the result is not used then
   */
  public Optional<ConfiguredRoute> route(
      String label, PluginRegistry plugins, SecretReferences references, ConfigProblems mistakes) {
    Map<String, SettingsReader> readers = new LinkedHashMap<>();
    parameters.forEach(
        (name, json) -> {
          String path = label + ": " + name;
          if (plugins.has(name)) {
            readers.put(name, reader(path, json, references, mistakes));
          } else if (PropertySources.isOurs(name)) {
            mistakes.add(path, SHARED);
          } else {
            mistakes.add(plugins.unknownPlugin(path));
          }
        });
    return readers.isEmpty()
        ? Optional.empty()
        : route(plugins.ofRoute(readers, mistakes), mistakes);
  }

  private Optional<ConfiguredRoute> route(ConfiguredPlugins plugins, ConfigProblems mistakes) {
    try {
      Route route = new Route(filter, List.of("/*"), Set.of(), plugins.settings());
      return Optional.of(new ConfiguredRoute(route, plugins));
    } catch (ConfigException e) {
      mistakes.addAll(e);
      return Optional.empty();
    }
  }

  /** After an unreadable text nothing else is reported of that parameter. */
  private static SettingsReader reader(
      String path, String json, SecretReferences references, ConfigProblems mistakes) {
    Optional<Map<String, Object>> tree = ConfigText.json(path, json, mistakes);
    return tree.map(
            members -> references.resolve(path, members, SecretReferences.Sinks.both(mistakes)))
        .map(members -> PluginSettings.of(members).read(path, mistakes))
        .orElseGet(() -> PluginSettings.EMPTY.read(path, new ConfigProblems()));
  }
}
