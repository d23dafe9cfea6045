package dev.gatehouse.internal.jpa.row;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Secret;
import dev.gatehouse.internal.json.Bounds;
import dev.gatehouse.internal.json.JsonException;
import dev.gatehouse.internal.json.JsonWriter;
import dev.gatehouse.internal.json.NumberForm;
import dev.gatehouse.internal.json.StrictJson;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Settings and labels as JSON text with exact numbers, in ASCII so that every database can store
 * it.
 *
 * <p>A {@link Secret} is refused, because it would be readable in the table.
 */
final class StoredJson {
  private static final StrictJson JSON =
      StrictJson.json(
          new Bounds(
              Integer.MAX_VALUE,
              1_000,
              Integer.MAX_VALUE,
              NumberForm.ANY,
              Set.of(Bounds.Rule.NO_NULLS)));

  private StoredJson() {}

  static String ofPlugins(PluginSet plugins) {
    Map<String, Object> tree = new LinkedHashMap<>();
    plugins.asMap().forEach((name, settings) -> tree.put(name, settings.values()));
    return write("plugins", tree);
  }

  static PluginSet plugins(String text) {
    Map<String, PluginSettings> plugins = new LinkedHashMap<>();
    read(text)
        .forEach(
            (name, values) -> plugins.put(name, PluginSettings.of(StrictJson.members(values))));
    return PluginSet.of(plugins);
  }

  static String ofSettings(String path, PluginSettings settings) {
    return write(path, settings.values());
  }

  static PluginSettings settings(String text) {
    return PluginSettings.of(read(text));
  }

  static String ofLabels(Map<String, String> labels) {
    return write("labels", labels);
  }

  static Map<String, String> labels(String text) {
    if (text.equals("{}")) {
      return Map.of();
    }
    Map<String, String> labels = new LinkedHashMap<>();
    read(text).forEach((name, value) -> labels.put(name, String.valueOf(value)));
    return labels;
  }

  private static String write(String path, Map<String, ?> tree) {
    refuseSecrets(path, tree);
    return JsonWriter.ascii(tree);
  }

  private static void refuseSecrets(String path, Object value) {
    if (value instanceof Secret) {
      throw new ConfigException(path, "is a secret that was not sealed");
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, member) -> refuseSecrets(path + "." + name, member));
    }
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        refuseSecrets(path + "[" + i + "]", list.get(i));
      }
    }
  }

  /** The message does not contain the text of a damaged row, which may be anything. */
  private static Map<String, ?> read(String text) {
    try {
      return JSON.object(text);
    } catch (JsonException e) {
      throw new IllegalArgumentException("a column does not hold the JSON that is stored there");
    }
  }
}
