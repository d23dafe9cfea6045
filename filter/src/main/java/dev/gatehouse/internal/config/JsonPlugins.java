package dev.gatehouse.internal.config;

import dev.gatehouse.settings.ConfigProblems;
import java.util.LinkedHashMap;
import java.util.Map;

/** A {@code plugins} object with settings as JSON texts. */
public final class JsonPlugins {
  private final String path;
  private final ConfigProblems mistakes;
  private final Map<String, Object> tree = new LinkedHashMap<>();

  /**
   * Creates an empty object.
   *
   * @param path the path of its parent
   */
  public JsonPlugins(String path, ConfigProblems mistakes) {
    this.path = path;
    this.mistakes = mistakes;
  }

  public void put(String name, String json) {
    String where = (path.isEmpty() ? "" : path + ".") + "plugins." + name;
    if (tree.containsKey(name)) {
      throw new IllegalStateException(where + " was already set");
    }
    tree.put(name, ConfigText.json(where, json, mistakes).orElse(Map.of()));
  }

  public Map<String, Object> tree() {
    return tree;
  }
}
