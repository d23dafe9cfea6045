package dev.gatehouse.internal.runtime;

import dev.gatehouse.internal.config.ConfigSource;
import dev.gatehouse.internal.config.Configuration;
import dev.gatehouse.internal.config.Reading;
import dev.gatehouse.internal.config.ReferencedFiles;
import dev.gatehouse.settings.ConfigProblems;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/** The configuration file of an application, with the files that it refers to. */
final class ConfigOrigin {
  private final ConfigSource file;
  private final String text;
  private final Reading reading;
  private volatile ReferencedFiles referenced = new ReferencedFiles();

  /**
   * Creates an origin.
   *
   * @param document the file's content, which is not retained as a tree
   */
  ConfigOrigin(ConfigDocument document, Reading reading) {
    this.file = document.source();
    this.reading = reading;
    this.text = document.text();
  }

  /** Returns the name of the file in messages. */
  String name() {
    return file.name();
  }

  /** Returns the content of the parsed text. */
  Configuration content(Map<String, Object> tree, ConfigProblems mistakes) {
    return Configuration.read(tree, reading.remembering(referenced), mistakes);
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
}
