package dev.gatehouse.servlet;

import java.util.Map;
import java.util.Set;

/** Reports plugins of Kong that hold for one Consumer; none of them can be carried over. */
final class ImportedPlugins {
  /** Those that only write logs and measure. */
  private static final Set<String> HARMLESS =
      Set.of(
          "correlation-id",
          "datadog",
          "file-log",
          "http-log",
          "kafka-log",
          "loggly",
          "opentelemetry",
          "prometheus",
          "statsd",
          "syslog",
          "tcp-log",
          "udp-log",
          "zipkin");

  private ImportedPlugins() {}

  static void report(String consumer, Object plugin, Losses losses) {
    String name =
        plugin instanceof Map<?, ?> map ? String.valueOf(map.get("name")) : String.valueOf(plugin);
    boolean off = plugin instanceof Map<?, ?> map && Boolean.FALSE.equals(map.get("enabled"));
    if (off || HARMLESS.contains(name)) {
      losses.ignore("consumers[].plugins." + name);
    } else {
      losses.add(consumer, "plugins." + name);
    }
  }
}
