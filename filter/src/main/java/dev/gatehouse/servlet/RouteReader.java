package dev.gatehouse.servlet;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Mistakes;
import dev.gatehouse.PluginSet;
import dev.gatehouse.Route;
import dev.gatehouse.SettingsReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code routes} of a configuration. Used once, by one thread. */
final class RouteReader {
  private final KnownPlugins plugins;
  private final Mistakes mistakes;
  private final Set<String> names = new HashSet<>();

  RouteReader(KnownPlugins plugins, Mistakes mistakes) {
    this.plugins = plugins;
    this.mistakes = mistakes;
  }

  /** The Routes in their order; those with a mistake are left out. */
  List<Route> read(List<SettingsReader> readers) {
    List<Route> routes = new ArrayList<>();
    for (int i = 0; i < readers.size(); i++) {
      read(readers.get(i), i).ifPresent(routes::add);
    }
    return routes;
  }

  private Optional<Route> read(SettingsReader reader, int index) {
    String name = reader.text("name", "route-" + index);
    if (!names.add(name)) {
      reader.mistake("name", "\"" + name + "\" is the name of another route");
    }
    List<String> uris = reader.texts("uris");
    List<String> methods = reader.texts("methods");
    if (!reader.has("plugins")) {
      reader.mistake("plugins", "is required; {} lets every request through");
    }
    PluginSet set = plugins.onRoute(reader.members("plugins"), mistakes);
    reader.finish();
    boolean reported = uris.isEmpty() && reader.has("uris");
    try {
      return Optional.of(
          new Route(name, reported ? List.of("/*") : uris, new LinkedHashSet<>(methods), set));
    } catch (ConfigException e) {
      e.mistakes().forEach(mistake -> reader.mistake(mistake.path(), mistake.problem()));
      return Optional.empty();
    }
  }
}
