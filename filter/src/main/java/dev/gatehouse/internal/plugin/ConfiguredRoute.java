package dev.gatehouse.internal.plugin;

import dev.gatehouse.Route;

/**
 * A Route with its configured plugins.
 *
 * @param route the Route
 * @param plugins the plugins of the Route's settings
 */
public record ConfiguredRoute(Route route, ConfiguredPlugins plugins) {
  /** Returns this Route with another name. */
  public ConfiguredRoute named(String name) {
    return new ConfiguredRoute(
        new Route(name, route.uris(), route.methods(), route.plugins()), plugins);
  }
}
