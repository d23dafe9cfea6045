package dev.gatehouse.internal.config;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Route;
import dev.gatehouse.internal.plugin.ConfiguredPlugins;
import dev.gatehouse.internal.plugin.ConfiguredRoute;
import dev.gatehouse.internal.plugin.PluginRegistry;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.SettingsReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A reader of the {@code routes} of a configuration.
 *
 * <p>A Route without a name is named by its methods and patterns, so that its counters do not
 * depend on other Routes. Single use; not safe for use by several threads.
 */
final class RouteReader {
  private final PluginRegistry plugins;
  private final ConfigProblems mistakes;
  private final Set<String> names = new HashSet<>();

  /** The names in the configuration, which are not used for other Routes. */
  private final Set<String> given = new HashSet<>();

  RouteReader(PluginRegistry plugins, ConfigProblems mistakes) {
    this.plugins = plugins;
    this.mistakes = mistakes;
  }

  /** Returns the valid Routes in order. */
  List<ConfiguredRoute> read(List<SettingsReader> readers) {
    readers.stream()
        .filter(reader -> reader.isText("name"))
        .forEach(reader -> reader.text("name").ifPresent(given::add));
    List<ConfiguredRoute> routes = new ArrayList<>();
    readers.forEach(reader -> read(reader).ifPresent(routes::add));
    return routes;
  }

  private Optional<ConfiguredRoute> read(SettingsReader reader) {
    List<String> uris = reader.texts("uris");
    List<String> methods = reader.texts("methods");
    String name = reader.has("name") ? reader.text("name", "") : derived(methods, uris);
    if (!names.add(name)) {
      reader.report("name", "\"" + name + "\" is the name of another route");
    }
    if (!reader.has("plugins")) {
      reader.report("plugins", "is required; {} lets every request through");
    }
    ConfiguredPlugins configured = plugins.ofRoute(reader.members("plugins"), mistakes);
    reader.finish();
    boolean reported = uris.isEmpty() && reader.has("uris");
    try {
      List<String> patterns = reported ? List.of("/*") : uris;
      Route route = new Route(name, patterns, new LinkedHashSet<>(methods), configured.settings());
      return Optional.of(new ConfiguredRoute(route, configured));
    } catch (ConfigException e) {
      reader.addAll(e);
      return Optional.empty();
    }
  }

  /** Returns a name of methods and patterns. Patterns have no blanks, so names are unique. */
  private String derived(List<String> methods, List<String> uris) {
    String name =
        Stream.concat(methods.stream().sorted(), uris.stream().sorted())
            .distinct()
            .collect(Collectors.joining(" "));
    String free = name.isEmpty() ? "route" : name;
    for (int i = 2; names.contains(free) || given.contains(free); i++) {
      free = name + " #" + i;
    }
    return free;
  }
}
