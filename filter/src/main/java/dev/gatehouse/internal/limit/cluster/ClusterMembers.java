package dev.gatehouse.internal.limit.cluster;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The nodes of a cluster, as seen by one of them.
 *
 * <p>A node is gone if this node has looked often and long enough without seeing it advance. So the
 * membership survives an outage of the engine and a loss of its values. Not safe for use by several
 * threads.
 */
final class ClusterMembers {
  private static final int LOOKS = 10;

  private final long self;
  private final Duration gone;
  private final Map<Long, Sight> others = new HashMap<>();
  private long[] advanced = {};

  /**
   * Another node.
   *
   * @param when the last time that it wrote
   * @param seenMillis the time at which this node first saw that value
   * @param looks the number of looks since then
   */
  private record Sight(long when, long seenMillis, int looks) {
    Sight lookedAgain() {
      return new Sight(when, seenMillis, looks + 1);
    }

    boolean isGone(long nowMillis, Duration gone) {
      return looks >= LOOKS && nowMillis - seenMillis >= gone.toMillis();
    }
  }

  ClusterMembers(long self, Duration gone) {
    this.self = self;
    this.gone = gone;
  }

  /**
   * Updates the members with the entries of the nodes.
   *
   * @param entries the last time of each node; entries of nodes that are gone are removed
   * @param nowMillis the time of a monotonic clock
   */
  void look(Map<Long, Long> entries, long nowMillis) {
    advanced =
        entries.entrySet().stream()
            .filter(one -> hasAdvanced(one.getKey(), one.getValue()))
            .mapToLong(Map.Entry::getValue)
            .sorted()
            .toArray();
    others.replaceAll((node, sight) -> sight.lookedAgain());
    entries.forEach((node, when) -> see(node, when, nowMillis));
    others.keySet().removeIf(node -> isGone(node, nowMillis) && !entries.containsKey(node));
    entries.keySet().removeIf(node -> isGone(node, nowMillis));
  }

  private boolean hasAdvanced(long node, long when) {
    Sight sight = others.get(node);
    return sight != null && sight.when() != when;
  }

  private void see(long node, long when, long nowMillis) {
    Sight known = others.get(node);
    if (node != self && (known == null || known.when() != when)) {
      others.put(node, new Sight(when, nowMillis, 0));
    }
  }

  private boolean isGone(long node, long nowMillis) {
    Sight sight = others.get(node);
    return sight != null && sight.isGone(nowMillis, gone);
  }

  /** Returns the median time of the other nodes that have written since the last look. */
  OptionalLong time() {
    return advanced.length == 0
        ? OptionalLong.empty()
        : Arrays.stream(advanced).skip(advanced.length / 2).findFirst();
  }

  /** Returns the live nodes, including this one. */
  Set<Long> alive(long nowMillis) {
    Set<Long> alive =
        others.entrySet().stream()
            .filter(one -> !one.getValue().isGone(nowMillis, gone))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    alive.add(self);
    return Set.copyOf(alive);
  }
}
