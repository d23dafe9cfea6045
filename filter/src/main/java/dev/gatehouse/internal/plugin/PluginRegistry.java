package dev.gatehouse.internal.plugin;

import dev.gatehouse.ConfigException;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.AuthConfig;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.EnrolledCredential;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.RequestGuard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The installed plugins by name. It configures plugins from settings.
 *
 * <p>Plugins of Routes are configured at the start, those of Consumers when they are first used.
 * Immutable and safe for use by several threads.
 */
public final class PluginRegistry {
  private final Map<String, CredentialPlugin<?>> credentialPlugins = new LinkedHashMap<>();
  private final Map<String, ConsumerInterceptor<?>> interceptors = new LinkedHashMap<>();
  private final PluginServices parts;

  /**
   * Creates a registry.
   *
   * @param parts the services of plugins
   * @throws ConfigException if two plugins have the same name
   */
  public PluginRegistry(
      List<CredentialPlugin<?>> credentialPlugins,
      List<ConsumerInterceptor<?>> interceptors,
      PluginServices parts) {
    this.parts = parts;
    credentialPlugins.forEach(plugin -> install(this.credentialPlugins, plugin.name(), plugin));
    interceptors.forEach(plugin -> install(this.interceptors, plugin.name(), plugin));
  }

  private <P> void install(Map<String, P> byName, String name, P plugin) {
    if (has(name)) {
      throw new ConfigException("plugins." + name, "is installed twice");
    }
    byName.put(name, plugin);
  }

  /** Returns the services of plugins. */
  public PluginServices parts() {
    return parts;
  }

  /** Returns whether a plugin of this name is installed. */
  public boolean has(String name) {
    return credentialPlugins.containsKey(name) || interceptors.containsKey(name);
  }

  /** Returns the names of all plugins, sorted. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>(credentialPlugins.keySet());
    names.addAll(interceptors.keySet());
    return names;
  }

  /** Returns the names of the credential plugins, sorted. */
  public Set<String> credentialPluginNames() {
    return new TreeSet<>(credentialPlugins.keySet());
  }

  /** Returns the credential plugin of a name, or null. */
  public @Nullable CredentialPlugin<?> credentialPlugin(String name) {
    return credentialPlugins.get(name);
  }

  /** Returns the unique setting of a plugin's Credentials, for messages. */
  public String attributeOf(String plugin) {
    CredentialPlugin<?> known = credentialPlugins.get(plugin);
    return known == null ? "key" : known.attribute();
  }

  /** Returns the problem of a path that names no installed plugin. */
  public ConfigProblem unknownPlugin(String path) {
    return unknown(path, "plugin", names());
  }

  /** Returns the problem of a path that names no installed credential plugin. */
  public ConfigProblem unknownCredentialPlugin(String path) {
    return unknown(path, "credential plugin", credentialPluginNames());
  }

  private static ConfigProblem unknown(String path, String kind, Set<String> known) {
    return new ConfigProblem(
        path,
        ConfigProblem.Code.UNKNOWN_PLUGIN,
        "is not a known " + kind + "; known are " + String.join(", ", known));
  }

  /**
   * Configures the plugins of a Route.
   *
   * @param readers the settings by plugin name
   * @param problems receives problems, in which case the result must not be used
   */
  public ConfiguredPlugins ofRoute(Map<String, SettingsReader> readers, ConfigProblems problems) {
    return configured(readers, Layer.ROUTE, problems);
  }

  /** Configures the plugins of all Routes. */
  public ConfiguredPlugins ofAllRoutes(
      Map<String, SettingsReader> readers, ConfigProblems problems) {
    return configured(readers, Layer.SERVICE, problems);
  }

  /** Checks the plugins of a group, which must not be credential plugins. */
  public PluginSet ofGroup(Map<String, SettingsReader> readers, ConfigProblems problems) {
    readers.forEach(
        (name, reader) -> {
          if (credentialPlugins.containsKey(name)) {
            problems.add(
                reader.path(), "is a credential plugin, allowed on Routes and Consumers only");
          }
        });
    return ofConsumer(readers, problems);
  }

  /** Checks the interceptors of a Consumer. */
  public PluginSet ofConsumer(Map<String, SettingsReader> readers, ConfigProblems problems) {
    readers.forEach(
        (name, reader) -> {
          if (isForRoutesOnly(interceptors.get(name))) {
            problems.add(
                reader.path(), "is allowed on Routes only: it runs before the Consumer is known");
          }
        });
    return configured(readers, Layer.CONSUMER, problems).settings();
  }

  /**
   * Configures the interceptors of a Consumer and its group.
   *
   * @throws ConfigException if the settings are invalid
   */
  public Map<String, ConfiguredInterceptor<?>> ofCaller(ConsumerPlugins caller) {
    ConfigProblems problems = new ConfigProblems();
    Map<String, ConfiguredInterceptor<?>> all =
        configured(readers(caller.ofGroup(), problems), Layer.GROUP, problems).interceptors();
    all.putAll(
        configured(readers(caller.own(), problems), Layer.CONSUMER, problems).interceptors());
    problems.throwIfAny();
    return all;
  }

  private Map<String, SettingsReader> readers(PluginSet plugins, ConfigProblems problems) {
    Map<String, SettingsReader> readers = new LinkedHashMap<>();
    plugins
        .without(credentialPlugins.keySet())
        .asMap()
        .forEach((name, each) -> readers.put(name, each.read("plugins." + name, problems)));
    return readers;
  }

  private ConfiguredPlugins configured(
      Map<String, SettingsReader> readers, Layer layer, ConfigProblems problems) {
    Map<String, PluginSettings> settings = new LinkedHashMap<>();
    List<ConfiguredAuthenticator<?>> authenticators = new ArrayList<>();
    Map<String, ConfiguredInterceptor<?>> steps = new LinkedHashMap<>();
    readers.forEach(
        (name, reader) -> {
          CredentialPlugin<?> credentialPlugin = credentialPlugins.get(name);
          ConsumerInterceptor<?> interceptor = interceptors.get(name);
          if (credentialPlugin != null) {
            configured(credentialPlugin, reader, problems).ifPresent(authenticators::add);
          } else if (interceptor != null) {
            configured(interceptor, layer, reader, problems)
                .ifPresent(step -> steps.put(name, step));
          } else {
            problems.add(unknownPlugin(reader.path()));
          }
          settings.put(name, reader.all());
        });
    return new ConfiguredPlugins(PluginSet.of(settings), authenticators, steps);
  }

  private <C extends AuthConfig> Optional<ConfiguredAuthenticator<C>> configured(
      CredentialPlugin<C> plugin, SettingsReader reader, ConfigProblems problems) {
    PluginMeta.refuse(reader);
    return read(
        reader,
        problems,
        () -> new ConfiguredAuthenticator<>(plugin, plugin.configure(reader, parts)));
  }

  private <C> Optional<ConfiguredInterceptor<C>> configured(
      ConsumerInterceptor<C> plugin, Layer layer, SettingsReader reader, ConfigProblems problems) {
    return read(
        reader,
        problems,
        () -> {
          C config = plugin.configure(reader, parts);
          PluginMeta meta = PluginMeta.read(reader, plugin, parts.conditions());
          return new ConfiguredInterceptor<>(plugin, config, meta, layer);
        });
  }

  private static boolean isForRoutesOnly(@Nullable ConsumerInterceptor<?> plugin) {
    return plugin instanceof AttemptGuard<?> || plugin instanceof RequestGuard<?>;
  }

  /** Reads a Credential's settings with its plugin. */
  public Optional<EnrolledCredential> readCredential(
      CredentialPlugin<?> plugin, SettingsReader reader, ConfigProblems problems) {
    int before = problems.found().size();
    Optional<EnrolledCredential> form =
        read(reader, problems, () -> plugin.readCredential(reader, parts));
    String attribute = plugin.attribute();
    boolean fine = problems.found().size() == before;
    if (fine && form.isPresent() && hasControl(form.get(), reader.text(attribute).orElse(""))) {
      problems.add(
          reader.at(attribute),
          "must have no control character, such as a line break at the end: no request can carry"
              + " it");
    }
    return form;
  }

  /**
   * Plugins may join several texts by a control character, so only a given lookup value is checked.
   */
  private static boolean hasControl(EnrolledCredential form, String given) {
    return form.lookup().reveal().equals(given) && given.chars().anyMatch(Character::isISOControl);
  }

  /**
   * Returns the JSON Schema of a plugin's settings; empty if there is no such plugin, or if it is
   * not allowed there.
   *
   * @param onConsumer whether the settings are those of a Consumer, where credential plugins have
   *     other settings
   */
  public Optional<Map<String, Object>> schema(String name, boolean onConsumer) {
    ConfigProblems ignored = new ConfigProblems();
    SettingsReader reader = PluginSettings.EMPTY.read("", ignored);
    CredentialPlugin<?> credentialPlugin = credentialPlugins.get(name);
    if (onConsumer && credentialPlugin != null) {
      read(reader, ignored, () -> credentialPlugin.readCredential(reader, parts));
    } else if (!has(name) || (onConsumer && isForRoutesOnly(interceptors.get(name)))) {
      return Optional.empty();
    } else {
      configured(Map.of(name, reader), Layer.ROUTE, ignored);
    }
    return Optional.of(reader.schema());
  }

  /** Calls a plugin, which may report problems or throw them. */
  private static <T> Optional<T> read(
      SettingsReader reader, ConfigProblems problems, Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (ConfigException e) {
      e.problems().forEach(each -> problems.add(each.at(reader.at(each.path()))));
      return Optional.empty();
    } finally {
      reader.finish();
    }
  }
}
