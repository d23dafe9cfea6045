package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.spi.limit.SharedSlots;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * The numbers of running requests of a key by node.
 *
 * <p>Not safe for use by several threads.
 */
final class NodeCounts {
  private static final int NUMBERS = 3;

  /** Maximum number of nodes in a slot. */
  private static final int MAX_NODES = SharedSlots.MAX_BYTES / (NUMBERS * Long.BYTES) - 1;

  private final List<Count> counts = new ArrayList<>();
  private boolean corrected;

  /**
   * The number of a node.
   *
   * @param running the number of requests, at least 1
   * @param sinceMillis the time of the write
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

  /** Removes nodes that are not alive and have not written recently. */
  void forgetDead(LongPredicate alive, long sinceMillis) {
    counts.removeIf(one -> !alive.test(one.node()) && one.sinceMillis() < sinceMillis);
  }

  /**
   * Sets a node's number, unless this call was made before.
   *
   * @return whether the number has changed
   */
  boolean correct(long node, long running, long nowMillis) {
    if (corrected) {
      return false;
    }
    corrected = true;
    if (running(node) == running) {
      return false;
    }
    set(node, running, nowMillis);
    return true;
  }

  /** Adds a request of a node unless there are too many. Returns the number on all nodes, or 0. */
  long enter(long node, long most, long nowMillis) {
    long all = counts.stream().mapToLong(Count::running).sum();
    boolean known = counts.stream().anyMatch(one -> one.node() == node);
    if (all >= most || (!known && counts.size() >= MAX_NODES)) {
      return 0;
    }
    set(node, running(node) + 1, nowMillis);
    return all + 1;
  }

  /** Returns the number of a node. */
  long running(long node) {
    return counts.stream().filter(one -> one.node() == node).mapToLong(Count::running).sum();
  }

  private void set(long node, long running, long nowMillis) {
    counts.removeIf(one -> one.node() == node);
    if (running > 0) {
      counts.add(new Count(node, running, nowMillis));
    }
  }
}
