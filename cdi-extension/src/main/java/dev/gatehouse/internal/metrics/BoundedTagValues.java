package dev.gatehouse.internal.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A bounded set of tag values. Values beyond the bound become {@code other}.
 *
 * <p>Each value is a separate series in most metrics stores. Thread-safe; concurrent calls may
 * exceed the bound by a few values.
 */
public final class BoundedTagValues {
  private static final String OTHER = "other";

  private final int max;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /**
   * @param max the maximum number of values
   */
  public BoundedTagValues(int max) {
    this.max = max;
  }

  /** Returns the value for a name: the name itself or {@code other}. */
  public String of(String name) {
    if (known.contains(name)) {
      return name;
    }
    if (known.size() >= max) {
      return OTHER;
    }
    known.add(name);
    return name;
  }
}
