package dev.gatehouse.internal.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps apart the first names that come, and calls all later ones {@code other}.
 *
 * <p>Every name is a series of its own in most stores of metrics, so there must be few. Safe for
 * use by several threads; a few more than the bound may be kept when several come at once.
 */
public final class BoundedTagValues {
  private static final String OTHER = "other";

  private final int most;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  public BoundedTagValues(int most) {
    this.most = most;
  }

  public String of(String name) {
    if (known.contains(name)) {
      return name;
    }
    if (known.size() >= most) {
      return OTHER;
    }
    known.add(name);
    return name;
  }
}
