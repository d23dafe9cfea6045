package dev.gatehouse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The paths of secrets in the settings of a plugin, recorded while the plugin reads them. Not safe
 * for use by several threads.
 */
public final class SecretPlaces {
  private final Set<String> secret = new HashSet<>();
  private final Set<String> unused = new HashSet<>();

  public void add(String path) {
    secret.add(path);
  }

  public void drop(String path) {
    unused.add(path);
  }

  /**
   * Returns a copy of the settings with {@link Secret}s at the recorded paths, without dropped
   * ones.
   */
  public Map<String, Object> applied(String path, Map<?, ?> settings) {
    Map<String, Object> copy = new LinkedHashMap<>();
    settings.forEach(
        (name, value) -> {
          String where = path.isEmpty() ? (String) name : path + "." + name;
          if (!unused.contains(where)) {
            copy.put((String) name, value(where, value));
          }
        });
    return copy;
  }

  private Object value(String path, Object value) {
    if (value instanceof Map<?, ?> map) {
      return applied(path, map);
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      for (Object item : list) {
        items.add(value(path + "[" + items.size() + "]", item));
      }
      return items;
    }
    return value instanceof String text && secret.contains(path) ? Secret.of(text) : value;
  }
}
