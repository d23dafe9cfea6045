package dev.gatehouse.contract;

import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a plugin made of its settings, read as the engine reads them.
 *
 * @param config the configuration
 * @param problems what was wrong, each as {@code setting: problem}
 */
public record Configured<C>(C config, List<String> problems) {
  /** Reads settings and looks for unknown ones. */
  public static <C> Configured<C> of(Map<String, ?> settings, Function<SettingsReader, C> plugin) {
    ConfigProblems mistakes = new ConfigProblems();
    SettingsReader reader = PluginSettings.of(settings).read("", mistakes);
    C config = plugin.apply(reader);
    reader.finish();
    return new Configured<>(
        config, mistakes.found().stream().map(ConfigProblem::toString).toList());
  }

  /** Returns the configuration, which must be without mistakes. */
  public C valid() {
    if (!problems.isEmpty()) {
      throw new AssertionError(problems.toString());
    }
    return config;
  }
}
