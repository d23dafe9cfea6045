package dev.gatehouse.internal.imports;

import dev.gatehouse.internal.plugin.PluginRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The plugins of a Consumer in an imported file. Unknown plugins and all plugins of Kong are
 * losses. Single use; not safe for use by several threads.
 *
 * @param known the known plugins
 * @param losses receives the other plugins
 */
record ImportedPlugins(PluginRegistry known, Losses losses) {
  private static final String PLUGINS = "plugins";

  /** Plugins of Kong and APISIX that only log or measure. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "[a-z0-9-]+-log|[a-z0-9-]+-logger|[a-z0-9-]+-logging|correlation-id|datadog|loggly"
              + "|opentelemetry|prometheus|request-id|skywalking|statsd|syslog|zipkin");

  /** Removes the plugins that cannot be imported. Kong's plugins are a list. */
  void take(String path, Map<String, Object> consumer) {
    Object plugins = consumer.get(PLUGINS);
    if (plugins instanceof List<?> list) {
      list.forEach(one -> report(path, one, losses));
      consumer.remove(PLUGINS);
    } else if (plugins instanceof Map<?, ?> map) {
      Map<String, Object> rest = new LinkedHashMap<>();
      map.forEach(
          (name, settings) -> {
            if (known.has((String) name)) {
              rest.put((String) name, settings);
            } else {
              report(path, (String) name, isDisabled(settings), losses);
            }
          });
      consumer.put(PLUGINS, rest);
    }
  }

  /** Returns whether the kind of a Credential is known; otherwise reports it. */
  boolean isKnown(String path, Object credential) {
    Object plugins = credential instanceof Map<?, ?> members ? members.get(PLUGINS) : null;
    Object name =
        plugins instanceof Map<?, ?> map && map.size() == 1 ? map.keySet().iterator().next() : null;
    boolean foreign = name instanceof String text && !known.has(text);
    if (foreign) {
      losses.add(path, "credentials." + name);
    }
    return !foreign;
  }

  private static boolean isDisabled(Object settings) {
    return settings instanceof Map<?, ?> map
        && map.get("_meta") instanceof Map<?, ?> meta
        && Boolean.TRUE.equals(meta.get("disable"));
  }

  /** Reports a plugin of Kong for one Consumer. */
  static void report(String consumer, Object plugin, Losses losses) {
    String name =
        plugin instanceof Map<?, ?> map ? String.valueOf(map.get("name")) : String.valueOf(plugin);
    boolean off = plugin instanceof Map<?, ?> map && Boolean.FALSE.equals(map.get("enabled"));
    report(consumer, name, off, losses);
  }

  private static void report(String consumer, String name, boolean off, Losses losses) {
    if (off || HARMLESS.matcher(name).matches()) {
      losses.ignore("consumers[].plugins." + name);
    } else {
      losses.add(consumer, "plugins." + name);
    }
  }
}
