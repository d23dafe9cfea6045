package dev.gatehouse.internal.runtime;

import dev.gatehouse.internal.config.ConfigSource;
import dev.gatehouse.internal.config.ConfigSources;
import dev.gatehouse.internal.config.ConfigText;
import dev.gatehouse.internal.config.Configuration;
import dev.gatehouse.internal.config.Reading;
import dev.gatehouse.internal.config.ReferencedFiles;
import dev.gatehouse.internal.config.Utf8Files;
import dev.gatehouse.settings.ConfigProblems;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The configuration file of an application, with the files that it refers to. */
final class ConfigOrigin {
  private final ConfigSource file;
  private final String text;
  private final Reading reading;
  private volatile ReferencedFiles referenced = new ReferencedFiles();

  /** Reads the text. A failure is a problem, and the text is empty then. */
  ConfigOrigin(ConfigSource file, Reading reading, ConfigProblems mistakes) {
    this.file = file;
    this.reading = reading;
    this.text = Utf8Files.of(file, mistakes);
  }

  /** Returns the name of the file in messages. */
  String name() {
    return file.name();
  }

  /** Returns the content of the text. */
  Configuration content(ConfigProblems mistakes) {
    return Configuration.read(file.name(), text, reading.remembering(referenced), mistakes);
  }

  /**
   * Starts to watch the file.
   *
   * @param entering applies a new content, or throws without a change
   */
  ConfigurationReload<Configuration> watch(
      Duration every, InstantSource clock, Consumer<Configuration> entering) {
    ConfigurationReload<Configuration> reload =
        new ConfigurationReload<>(
            file, every, changed -> enter(changed, entering), text, now -> referenced.look(now));
    reload.start(clock);
    return reload;
  }

  private Configuration enter(String changed, Consumer<Configuration> entering) {
    ReferencedFiles read = new ReferencedFiles();
    referenced = read;
    Configuration content = Configuration.of(file.name(), changed, reading.remembering(read));
    entering.accept(content);
    return content;
  }

  /**
   * Returns a text that the nodes of an application share: the patterns of its Routes. Problems of
   * the file are reported elsewhere.
   */
  static String identity(ServletContext context, Optional<String> config) {
    ConfigProblems later = new ConfigProblems();
    return ConfigSources.find(context, config, later)
        .flatMap(found -> ConfigText.yaml(found.name(), Utf8Files.of(found, later), later))
        .map(tree -> tree.get("routes"))
        .map(routes -> routes instanceof List<?> list ? patterns(list) : "")
        .orElse("");
  }

  private static String patterns(List<?> routes) {
    return routes.stream()
        .map(route -> route instanceof Map<?, ?> map ? String.valueOf(map.get("uris")) : "")
        .sorted()
        .collect(Collectors.joining(" "));
  }
}
