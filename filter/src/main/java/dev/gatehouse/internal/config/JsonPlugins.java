package dev.gatehouse.internal.config;

import dev.gatehouse.settings.ConfigProblems;
import java.util.LinkedHashMap;
import java.util.Map;

/** A {@code plugins} object whose settings are given as JSON texts. */
public final class JsonPlugins {
  private final String path;
  private final ConfigProblems mistakes;
  private final Map<String, Object> tree = new LinkedHashMap<>();

  /**
   * Creates an empty object.
   *
   * @param path where it stands, without {@code .plugins}
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
