package dev.gatehouse.jpa;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.ConfigException;
import dev.gatehouse.PluginSet;
import dev.gatehouse.PluginSettings;
import dev.gatehouse.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings and labels as JSON text, in ASCII so that every database keeps it, with exact numbers.
 *
 * <p>A {@link Secret} is refused: it would be readable in the table.
 */
final class StoredJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StoredJson() {}

  static String ofPlugins(PluginSet plugins) {
    Map<String, Object> tree = new LinkedHashMap<>();
    plugins.asMap().forEach((name, settings) -> tree.put(name, settings.values()));
    return write("plugins", tree);
  }

  static PluginSet plugins(String text) {
    Map<String, PluginSettings> plugins = new LinkedHashMap<>();
    read(text, new TypeReference<Map<String, Map<String, Object>>>() {})
        .forEach((name, values) -> plugins.put(name, PluginSettings.of(values)));
    return PluginSet.of(plugins);
  }

  static String ofSettings(String path, PluginSettings settings) {
    return write(path, settings.values());
  }

  static PluginSettings settings(String text) {
    return PluginSettings.of(read(text, new TypeReference<Map<String, Object>>() {}));
  }

  static String ofLabels(Map<String, String> labels) {
    return write("labels", labels);
  }

  static Map<String, String> labels(String text) {
    return text.equals("{}") ? Map.of() : read(text, new TypeReference<Map<String, String>>() {});
  }

  private static String write(String path, Map<String, ?> tree) {
    refuseSecrets(path, tree);
    try {
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("settings hold JSON values only", e);
    }
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

  /** The text of a broken row may hold anything, so it is not quoted. */
  private static <T> T read(String text, TypeReference<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a column does not hold the JSON that is stored there");
    }
  }
}
