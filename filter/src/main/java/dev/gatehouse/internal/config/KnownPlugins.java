package dev.gatehouse.internal.config;

import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.engine.AttemptGuard;
import dev.gatehouse.internal.engine.PluginMeta;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.EnrolledCredential;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.RequestGuard;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The plugins that a configuration may name; reads the settings of each once, so that what is wrong
 * is found before the first request (security P8).
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class KnownPlugins {
  private final Map<String, CredentialPlugin<?>> credentialPlugins = new LinkedHashMap<>();
  private final Map<String, ConsumerInterceptor<?>> interceptors = new LinkedHashMap<>();
  private final PluginServices parts;

  /**
   * Creates the table.
   *
   * @throws IllegalArgumentException if two plugins have one name
   */
  KnownPlugins(
      List<CredentialPlugin<?>> credentialPlugins,
      List<ConsumerInterceptor<?>> interceptors,
      PluginServices parts) {
    this.parts = parts;
    credentialPlugins.forEach(plugin -> this.credentialPlugins.put(plugin.name(), plugin));
    interceptors.forEach(plugin -> this.interceptors.put(plugin.name(), plugin));
    if (names().size() != credentialPlugins.size() + interceptors.size()) {
      throw new IllegalArgumentException("two plugins have one name among " + names());
    }
  }

  /** Whether a plugin of this name is known. */
  public boolean has(String name) {
    return credentialPlugins.containsKey(name) || interceptors.containsKey(name);
  }

  /** The names of all plugins, sorted. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>(credentialPlugins.keySet());
    names.addAll(interceptors.keySet());
    return names;
  }

  /** The credential plugin of a name, or null. */
  @Nullable
  public CredentialPlugin<?> credentialPlugin(String name) {
    return credentialPlugins.get(name);
  }

  /** The names of the credential plugins, sorted. */
  public Set<String> credentialPluginNames() {
    return new TreeSet<>(credentialPlugins.keySet());
  }

  /** Checks the {@code plugins} of a Route: credential plugins and interceptors. */
  PluginSet onRoute(Map<String, SettingsReader> plugins, ConfigProblems mistakes) {
    Map<String, PluginSettings> settings = new LinkedHashMap<>();
    plugins.forEach((name, reader) -> settings.put(name, onRoute(name, reader, mistakes)));
    return PluginSet.of(settings);
  }

  /** Checks one plugin of a Route. */
  PluginSettings onRoute(String name, SettingsReader reader, ConfigProblems mistakes) {
    CredentialPlugin<?> credentialPlugin = credentialPlugins.get(name);
    ConsumerInterceptor<?> interceptor = interceptors.get(name);
    if (credentialPlugin != null) {
      PluginMeta.refuse(reader);
      checked(reader, mistakes, () -> credentialPlugin.configure(reader, parts));
    } else if (interceptor != null) {
      checked(
          reader,
          mistakes,
          () -> {
            interceptor.configure(reader, parts);
            return PluginMeta.read(reader, interceptor, parts.conditions());
          });
    } else {
      mistakes.add(
          reader.path(),
          ConfigProblem.Code.UNKNOWN_PLUGIN,
          "is not a known plugin; known are " + listed(names()));
    }
    return reader.all();
  }

  /** Checks the {@code plugins} of a group of Consumers, none of which proves who calls. */
  PluginSet onGroup(Map<String, SettingsReader> plugins, ConfigProblems mistakes) {
    plugins.forEach(
        (name, reader) -> {
          if (credentialPlugins.containsKey(name)) {
            mistakes.add(
                reader.path(), "is a credential plugin, allowed on Routes and Consumers only");
          }
        });
    return onConsumer(plugins, mistakes);
  }

  /** Checks those of a Consumer's own {@code plugins} that are no Credentials. */
  PluginSet onConsumer(Map<String, SettingsReader> plugins, ConfigProblems mistakes) {
    plugins.forEach(
        (name, reader) -> {
          if (isForRoutesOnly(interceptors.get(name))) {
            mistakes.add(
                reader.path(), "is allowed on Routes only: it runs before the Consumer is known");
          }
        });
    return onRoute(plugins, mistakes);
  }

  private static boolean isForRoutesOnly(@Nullable ConsumerInterceptor<?> plugin) {
    return plugin instanceof AttemptGuard<?> || plugin instanceof RequestGuard<?>;
  }

  /** Reads a Credential's settings with its plugin. */
  public Optional<EnrolledCredential> readCredential(
      CredentialPlugin<?> plugin, SettingsReader reader, ConfigProblems mistakes) {
    int before = mistakes.found().size();
    Optional<EnrolledCredential> form =
        checked(reader, mistakes, () -> plugin.readCredential(reader, parts));
    String attribute = plugin.attribute();
    boolean fine = mistakes.found().size() == before;
    if (fine && form.isPresent() && hasControl(form.get(), reader.text(attribute).orElse(""))) {
      mistakes.add(
          reader.at(attribute),
          "must have no control character, such as a line break at the end: no request can carry"
              + " it");
    }
    return form;
  }

  /** A plugin may join several texts by a control character, so only a given lookup is checked. */
  private static boolean hasControl(EnrolledCredential form, String given) {
    return form.lookup().reveal().equals(given) && given.chars().anyMatch(Character::isISOControl);
  }

  /**
   * What a plugin reads, as a JSON Schema; empty if there is no such plugin, or if it cannot stand
   * there.
   *
   * @param onConsumer whether it stands on a Consumer, where credential plugins have other settings
   */
  public Optional<Map<String, Object>> schema(String name, boolean onConsumer) {
    SettingsReader reader = PluginSettings.EMPTY.read("", new ConfigProblems());
    CredentialPlugin<?> credentialPlugin = credentialPlugins.get(name);
    ConsumerInterceptor<?> interceptor = interceptors.get(name);
    ConfigProblems ignored = new ConfigProblems();
    if (credentialPlugin != null) {
      checked(
          reader,
          ignored,
          () ->
              onConsumer
                  ? credentialPlugin.readCredential(reader, parts)
                  : credentialPlugin.configure(reader, parts));
    } else if (interceptor == null || (onConsumer && isForRoutesOnly(interceptor))) {
      return Optional.empty();
    } else {
      onRoute(name, reader, ignored);
    }
    return Optional.of(reader.schema());
  }

  /** The names in one line. */
  public static String listed(Set<String> names) {
    return String.join(", ", names);
  }

  /** A plugin may collect its mistakes, or let the record that checks itself throw them. */
  private static <T> Optional<T> checked(
      SettingsReader reader, ConfigProblems mistakes, Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (ConfigException e) {
      e.problems().forEach(each -> mistakes.add(each.at(reader.at(each.path()))));
      return Optional.empty();
    } finally {
      reader.finish();
    }
  }
}
