package dev.gatehouse.contract;

import dev.gatehouse.Mistake;
import dev.gatehouse.Mistakes;
import dev.gatehouse.PluginSettings;
import dev.gatehouse.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a plugin made of its settings, read as the engine reads them.
 *
 * @param config the configuration
 * @param mistakes what was wrong, each as {@code setting: problem}
 */
public record Configured<C>(C config, List<String> mistakes) {
  /** Reads settings and looks for unknown ones. */
  public static <C> Configured<C> of(Map<String, ?> settings, Function<SettingsReader, C> plugin) {
    Mistakes mistakes = new Mistakes();
    SettingsReader reader = PluginSettings.of(settings).read("", mistakes);
    C config = plugin.apply(reader);
    reader.finish();
    return new Configured<>(config, mistakes.found().stream().map(Mistake::toString).toList());
  }

  /** The configuration, which must be without mistakes. */
  public C valid() {
    if (!mistakes.isEmpty()) {
      throw new AssertionError(mistakes.toString());
    }
    return config;
  }
}
