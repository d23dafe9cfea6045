package dev.gatehouse.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * How many requests of one key run on each node.
 *
 * <p>Not safe for use by several threads.
 */
final class NodeCounts {
  private static final int NUMBERS = 3;

  /** What fits into a slot. */
  private static final int MOST_NODES = 40;

  private final List<Count> counts = new ArrayList<>();
  private boolean settled;

  /**
   * One node's.
   *
   * @param running how many, at least 1
   * @param sinceMillis when that was said
   */
  private record Count(long node, long running, long sinceMillis) {}

  static NodeCounts of(long[] state) {
    if (state.length % NUMBERS != 0) {
      throw new IllegalArgumentException("counts of nodes have three numbers each");
    }
    NodeCounts all = new NodeCounts();
    for (int i = 0; i < state.length; i += NUMBERS) {
      all.counts.add(new Count(state[i], state[i + 1], state[i + 2]));
    }
    return all;
  }

  long[] state() {
    return counts.stream()
        .flatMapToLong(one -> LongStream.of(one.node(), one.running(), one.sinceMillis()))
        .toArray();
  }

  /** Forgets nodes that are neither alive nor have said something lately. */
  void forgetDead(LongPredicate alive, long sinceMillis) {
    counts.removeIf(one -> !alive.test(one.node()) && one.sinceMillis() < sinceMillis);
  }

  /**
   * Takes off what is over and was not said yet, once for all who ask at the same time.
   *
   * @return how many were taken off by this call
   */
  long settle(long node, long owed, long nowMillis) {
    if (settled || owed == 0) {
      return 0;
    }
    settled = true;
    set(node, Math.max(0, running(node) - owed), nowMillis);
    return owed;
  }

  /** One more on a node, unless that were too many; how many run then on all, or 0. */
  long enter(long node, long most, long nowMillis) {
    long all = counts.stream().mapToLong(Count::running).sum();
    boolean known = counts.stream().anyMatch(one -> one.node() == node);
    if (all >= most || (!known && counts.size() >= MOST_NODES)) {
      return 0;
    }
    set(node, running(node) + 1, nowMillis);
    return all + 1;
  }

  private long running(long node) {
    return counts.stream().filter(one -> one.node() == node).mapToLong(Count::running).sum();
  }

  private void set(long node, long running, long nowMillis) {
    counts.removeIf(one -> one.node() == node);
    if (running > 0) {
      counts.add(new Count(node, running, nowMillis));
    }
  }
}
