package dev.gatehouse.internal.plugin;

import dev.gatehouse.Route;

/**
 * A Route with its plugins, each of which was configured once.
 *
 * @param route the Route
 * @param plugins its plugins, made of the Route's settings
 */
public record ConfiguredRoute(Route route, ConfiguredPlugins plugins) {
  /** Returns the same Route under another name. */
  public ConfiguredRoute named(String name) {
    return new ConfiguredRoute(
        new Route(name, route.uris(), route.methods(), route.plugins()), plugins);
  }
}
