package dev.gatehouse.internal.config;

import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.Route;
import dev.gatehouse.internal.plugin.ConfiguredPlugins;
import dev.gatehouse.internal.plugin.ConfiguredRoute;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.store.ConsumerEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of {@code gatehouse.yaml}.
 *
 * @param configuredRoutes the Routes in order
 * @param shared the plugins of all Routes and the groups
 * @param consumers the Consumers with their usable Credentials
 * @param warnings the skipped Credentials by their full paths, with reasons
 */
public record Configuration(
    List<ConfiguredRoute> configuredRoutes,
    Shared shared,
    List<ConsumerEntry> consumers,
    List<ConfigProblem> warnings) {

  /**
   * The plugins of all Routes and the groups.
   *
   * @param service the plugins of all Routes
   * @param groups the groups of Consumers, by id
   */
  public record Shared(ConfiguredPlugins service, Map<String, ConsumerGroup> groups) {
    static final Shared NONE = new Shared(ConfiguredPlugins.NONE, Map.of());

    /** Returns the interceptors of the groups. */
    public Map<String, PluginSet> pluginsOfGroups() {
      Map<String, PluginSet> plugins = new LinkedHashMap<>();
      groups.forEach((id, group) -> plugins.put(id, group.plugins()));
      return plugins;
    }
  }

  /** An empty configuration. */
  public static final Configuration EMPTY =
      new Configuration(List.of(), Shared.NONE, List.of(), List.of());

  /** Creates a configuration. */
  public Configuration {
    configuredRoutes = List.copyOf(configuredRoutes);
    consumers = List.copyOf(consumers);
    warnings = List.copyOf(warnings);
  }

  /** Returns the Routes without their configured plugins. */
  public List<Route> routes() {
    return configuredRoutes.stream().map(ConfiguredRoute::route).toList();
  }

  /**
   * Reads a file.
   *
   * @param name the name of the file in messages
   * @param mistakes receives problems, in which case the result must not be used
   */
  public static Configuration read(
      String name, String text, Reading reading, ConfigProblems mistakes) {
    return ConfigText.file(name, text, mistakes)
        .map(tree -> read(tree, reading, mistakes))
        .orElse(EMPTY);
  }

  /**
   * Reads a valid file.
   *
   * @throws dev.gatehouse.ConfigException with all problems, if there are any
   */
  public static Configuration of(String name, String text, Reading reading) {
    ConfigProblems mistakes = new ConfigProblems();
    Configuration file = read(name, text, reading, mistakes);
    mistakes.throwIfAny();
    return file;
  }

  /** Reads a tree in the form of the file. */
  public static Configuration read(
      Map<String, Object> tree, Reading reading, ConfigProblems mistakes) {
    List<ConfigProblem> warnings = new ArrayList<>();
    Map<String, Object> rest = new LinkedHashMap<>(tree);
    Object consumers = rest.remove("consumers");
    Map<String, Object> resolved =
        reading.references().resolve("", rest, SecretReferences.Sinks.both(mistakes));
    SettingsReader root = PluginSettings.of(resolved).read("", mistakes);
    if (rest.get("routes") instanceof List<?> none && none.isEmpty()) {
      mistakes.add("routes", "must hold at least one Route, or be left out");
    }
    List<ConfiguredRoute> routes =
        new RouteReader(reading.plugins(), mistakes).read(root.objects("routes"));
    ConfiguredPlugins service = reading.plugins().ofAllRoutes(root.members("plugins"), mistakes);
    Map<String, ConsumerGroup> groups =
        new GroupReader(reading.plugins(), mistakes).read(root.objects("consumer_groups"));
    root.has("consumers");
    root.finish();
    List<ConsumerEntry> entries =
        new ConsumerReader(reading, mistakes, warnings, groups::containsKey).read(consumers);
    return new Configuration(routes, new Shared(service, groups), entries, warnings);
  }
}
