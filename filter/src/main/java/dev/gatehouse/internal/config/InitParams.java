package dev.gatehouse.internal.config;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Route;
import dev.gatehouse.internal.plugin.ConfiguredPlugins;
import dev.gatehouse.internal.plugin.ConfiguredRoute;
import dev.gatehouse.internal.plugin.PluginRegistry;
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
 * The parameters of a filter in {@code web.xml}: names of plugins with JSON settings.
 *
 * @param filter the filter's name
 * @param parameters all parameters by name
 */
public record InitParams(String filter, Map<String, String> parameters) {
  /** Properties that all filters of an application share. */
  private static final String SHARED =
      "is a setting of the application; give it as a context-param";

  /** Creates parameters, sorted so that problems have the same order on every server. */
  public InitParams {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /** Returns the parameters of a filter that the container starts. */
  public static InitParams of(FilterConfig config) {
    Map<String, String> parameters = new TreeMap<>();
    for (String name : Collections.list(config.getInitParameterNames())) {
      parameters.put(name, config.getInitParameter(name));
    }
    return new InitParams(config.getFilterName(), parameters);
  }

  /**
   * Returns the Route of the plugins: it applies to everything that the container maps to the
   * filter. Empty if there is no plugin.
   *
   * @param label the name of the parameters' place in messages
   * @param mistakes receives problems, in which case the result must not be used
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

  /** Returns a reader. For a malformed text it reports no further problems. */
  private static SettingsReader reader(
      String path, String json, SecretReferences references, ConfigProblems mistakes) {
    Optional<Map<String, Object>> tree = ConfigText.json(path, json, mistakes);
    return tree.map(
            members -> references.resolve(path, members, SecretReferences.Sinks.both(mistakes)))
        .map(members -> PluginSettings.of(members).read(path, mistakes))
        .orElseGet(() -> PluginSettings.EMPTY.read(path, new ConfigProblems()));
  }
}
