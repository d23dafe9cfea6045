package dev.gatehouse.internal.config;

import dev.gatehouse.ConfigException;
import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.internal.plugin.PluginRegistry;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.SettingsReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A reader of groups of Consumers.
 *
 * @param plugins the known plugins
 * @param mistakes receives problems
 */
public record GroupReader(PluginRegistry plugins, ConfigProblems mistakes) {
  /** Returns the groups of a file by id. */
  Map<String, ConsumerGroup> read(List<SettingsReader> groups) {
    Map<String, ConsumerGroup> read = new LinkedHashMap<>();
    for (SettingsReader one : groups) {
      read(one)
          .ifPresent(
              group -> {
                if (read.put(group.id(), group) != null) {
                  one.report("id", '"' + group.id() + "\" is the id of another group");
                }
              });
    }
    return read;
  }

  /** Returns a group, or empty if it has problems. */
  public Optional<ConsumerGroup> read(SettingsReader one) {
    String id = one.requiredText("id");
    if (!one.has("plugins")) {
      one.report("plugins", ConfigProblem.Code.REQUIRED, "is required");
    }
    PluginSet own = plugins.ofGroup(one.members("plugins"), mistakes);
    Optional<String> name = one.nonEmpty("name");
    Optional<String> description = one.text("desc").filter(text -> !text.isEmpty());
    Map<String, String> labels = one.textMap("labels");
    one.finish();
    if (id.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ConsumerGroup(id, name, description, labels, own));
    } catch (ConfigException e) {
      one.addAll(e);
      return Optional.empty();
    }
  }
}
