package dev.gatehouse.internal.engine;

import dev.gatehouse.ConfigException;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.AuthConfig;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.PluginServices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The plugins that are installed, by name, and the way from settings to steps.
 *
 * <p>Immutable and safe for use by several threads.
 */
final class Plugins {
  private final Map<String, CredentialPlugin<?>> credential = new HashMap<>();
  private final Map<String, ConsumerInterceptor<?>> interceptors = new HashMap<>();
  private final PluginServices parts;

  Plugins(
      List<CredentialPlugin<?>> credential,
      List<ConsumerInterceptor<?>> interceptors,
      PluginServices parts) {
    this.parts = parts;
    credential.forEach(p -> install(this.credential, p.name(), p));
    interceptors.forEach(p -> install(this.interceptors, p.name(), p));
  }

  /** The credential plugins of a set, highest priority first. */
  List<AuthStep<?>> authSteps(PluginSet plugins, String path, ConfigProblems mistakes) {
    List<AuthStep<?>> steps = new ArrayList<>();
    plugins
        .asMap()
        .forEach(
            (name, settings) -> {
              CredentialPlugin<?> plugin = credential.get(name);
              if (plugin != null) {
                steps.add(step(plugin, settings.read(path + "." + name, mistakes)));
              } else if (!interceptors.containsKey(name)) {
                mistakes.add(path + "." + name, ConfigProblem.Code.UNKNOWN_PLUGIN, unknown());
              }
            });
    steps.sort(Comparator.comparing(s -> -s.plugin().priority()));
    return List.copyOf(steps);
  }

  /**
   * The Route's interceptors with those of the Consumer's group and its own over them, highest
   * priority first; those that attach headers come before all others.
   *
   * @throws ConfigException if the group's or the Consumer's settings cannot be used
   */
  List<PolicyStep<?>> merged(Map<String, PolicyStep<?>> ofRoute, CallerPlugins ofCaller) {
    ConfigProblems mistakes = new ConfigProblems();
    Map<String, PolicyStep<?>> merged = new LinkedHashMap<>(ofRoute);
    refuseUnknown(ofCaller.ofGroup(), mistakes);
    refuseUnknown(ofCaller.own(), mistakes);
    merged.putAll(policySteps(ofCaller.ofGroup(), "plugins", mistakes, Layer.GROUP));
    merged.putAll(policySteps(ofCaller.own(), "plugins", mistakes, Layer.CONSUMER));
    mistakes.throwIfAny();
    return merged.values().stream()
        .filter(step -> !step.meta().disabled())
        .sorted(
            Comparator.<PolicyStep<?>, Boolean>comparing(s -> s.ownHeaders().isEmpty())
                .thenComparingInt(s -> -s.priority()))
        .toList();
  }

  private void refuseUnknown(PluginSet plugins, ConfigProblems mistakes) {
    plugins.asMap().keySet().stream()
        .filter(name -> !credential.containsKey(name) && !interceptors.containsKey(name))
        .forEach(
            name -> mistakes.add("plugins." + name, ConfigProblem.Code.UNKNOWN_PLUGIN, unknown()));
  }

  /** The interceptors of a set, by name. */
  Map<String, PolicyStep<?>> policySteps(
      PluginSet plugins, String path, ConfigProblems mistakes, Layer layer) {
    Map<String, PolicyStep<?>> steps = new LinkedHashMap<>();
    for (Map.Entry<String, PluginSettings> entry : plugins.asMap().entrySet()) {
      String name = entry.getKey();
      ConsumerInterceptor<?> plugin = interceptors.get(name);
      if (plugin != null) {
        SettingsReader reader = entry.getValue().read(path + "." + name, mistakes);
        steps.put(name, step(plugin, reader, layer));
      }
    }
    return steps;
  }

  private <C extends AuthConfig> AuthStep<C> step(
      CredentialPlugin<C> plugin, SettingsReader settings) {
    C config = plugin.configure(settings, parts);
    PluginMeta.refuse(settings);
    settings.finish();
    return new AuthStep<>(plugin, config);
  }

  private <C> PolicyStep<C> step(
      ConsumerInterceptor<C> plugin, SettingsReader settings, Layer layer) {
    C config = plugin.configure(settings, parts);
    PluginMeta meta = PluginMeta.read(settings, plugin, parts.conditions());
    settings.finish();
    return new PolicyStep<>(plugin, config, meta, layer);
  }

  private String unknown() {
    TreeSet<String> known = new TreeSet<>(credential.keySet());
    known.addAll(interceptors.keySet());
    return "is not a known plugin; known are " + String.join(", ", known);
  }

  private static <P> void install(Map<String, P> byName, String name, P plugin) {
    if (byName.put(name, plugin) != null) {
      throw new ConfigException("plugins." + name, "is installed twice");
    }
  }
}
