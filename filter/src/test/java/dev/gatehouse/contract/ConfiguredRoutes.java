package dev.gatehouse.contract;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Route;
import dev.gatehouse.internal.plugin.ConfiguredRoute;
import dev.gatehouse.internal.plugin.PluginRegistry;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.SettingsReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Routes of a test with their plugins, configured as the reader of the file configures them. */
public final class ConfiguredRoutes {
  private ConfiguredRoutes() {}

  /**
   * Configures the plugins of each Route.
   *
   * @throws ConfigException holding all that is wrong
   */
  public static List<ConfiguredRoute> of(PluginRegistry plugins, List<Route> routes) {
    ConfigProblems problems = new ConfigProblems();
    List<ConfiguredRoute> configured = new ArrayList<>();
    for (Route route : routes) {
      String path = "routes[" + configured.size() + "].plugins.";
      Map<String, SettingsReader> readers = new LinkedHashMap<>();
      route
          .plugins()
          .asMap()
          .forEach((name, settings) -> readers.put(name, settings.read(path + name, problems)));
      configured.add(new ConfiguredRoute(route, plugins.ofRoute(readers, problems)));
    }
    problems.throwIfAny();
    return configured;
  }
}
