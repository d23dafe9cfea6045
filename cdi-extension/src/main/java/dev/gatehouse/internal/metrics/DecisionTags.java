package dev.gatehouse.internal.metrics;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tags of a counter of requests.
 *
 * @param route the Route, or {@link #NONE}
 * @param status the status of a refusal, or 0
 * @param consumer the Consumer, {@link #NONE}, or null if Consumers are not tags
 */
public record DecisionTags(
    String decision,
    String route,
    String plugin,
    int status,
    String reason,
    @Nullable String consumer) {
  /** The value of a tag that does not apply. */
  public static final String NONE = "none";

  /**
   * Returns the tags by name. All counters have the same names, because Prometheus ignores a series
   * with other names than the first one.
   */
  public Map<String, String> toMap() {
    Map<String, String> tags = new TreeMap<>();
    tags.put("decision", decision);
    tags.put("route", route);
    tags.put("plugin", plugin);
    tags.put("status", status == 0 ? NONE : String.valueOf(status));
    tags.put("reason", reason);
    if (consumer != null) {
      tags.put("consumer", consumer);
    }
    return tags;
  }
}
