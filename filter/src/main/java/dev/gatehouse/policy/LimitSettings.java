package dev.gatehouse.policy;

import dev.gatehouse.SettingsReader;
import dev.gatehouse.spi.Window;
import java.util.List;

/** Settings that the limits have in common. */
final class LimitSettings {
  private static final List<String> CLUSTER =
      List.of(
          "sync_interval",
          "redis_host",
          "redis_port",
          "redis_username",
          "redis_password",
          "redis_database",
          "redis_timeout",
          "redis_ssl",
          "redis_ssl_verify",
          "redis_keepalive_timeout",
          "redis_keepalive_pool",
          "redis_cluster_nodes",
          "redis_cluster_name",
          "redis_cluster_ssl",
          "redis_cluster_ssl_verify",
          "redis_sentinels",
          "redis_master_name",
          "redis_role",
          "redis_connect_timeout",
          "redis_read_timeout",
          "sentinel_username",
          "sentinel_password",
          "key_ttl");

  private LimitSettings() {}

  /** What a window is: the settings {@code window_type} and {@code align}. */
  static Window.Kind kind(SettingsReader settings) {
    String type = settings.choice("window_type", List.of("fixed", "sliding", "strict"), "fixed");
    String align = settings.choice("align", List.of("first-request", "clock"), "first-request");
    boolean clock = align.equals("clock");
    if (clock && !type.equals("fixed")) {
      settings.mistake("align", "is for window_type fixed; window_type is " + type);
    }
    return switch (type) {
      case "sliding" -> Window.Kind.SLIDING;
      case "strict" -> Window.Kind.STRICT;
      default -> clock ? Window.Kind.ALIGNED : Window.Kind.FIXED;
    };
  }

  /** The setting {@code key}, which has no default here. */
  static void requireKey(SettingsReader settings) {
    if (!settings.has("key")) {
      settings.mistake("key", "is required");
    }
  }

  /** The setting {@code policy}, of which one value is available. */
  static void localOnly(SettingsReader settings) {
    List<String> later = List.of("redis", "redis-cluster", "redis-sentinel", "cluster");
    String given = settings.text("policy", "local");
    if (later.contains(given)) {
      settings.mistake("policy", '"' + given + "\" is not available yet; use \"local\"");
    } else if (!given.equals("local")) {
      settings.mistake("policy", "must be \"local\", was \"" + given + '"');
    }
    settings.notAvailable(CLUSTER);
  }
}
