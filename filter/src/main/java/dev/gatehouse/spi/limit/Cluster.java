package dev.gatehouse.spi.limit;

import java.time.InstantSource;

/**
 * The nodes that share counters.
 *
 * <p>A call either counts in the shared engine or throws a {@link
 * dev.gatehouse.spi.store.StoreException} within the configured time. Safe for use by several
 * threads.
 */
public interface Cluster {
  /** Synchronisation modes. */
  enum Sync {
    /**
     * A node takes several permits of a large window at once and admits requests locally. Other
     * counters are exact. The limit is never exceeded.
     */
    LEASE,
    /** The engine counts every request. The limit is never exceeded. */
    EXACT,
    /**
     * A node admits first and reports later. With M nodes at most {@code (M - 1) * max(1, limit /
     * 100)} requests above the limit are admitted per window. Other windows than fixed ones are
     * exact.
     */
    DELAYED
  }

  /** Returns a limiter for all nodes. Call it with the time of {@link #ticker}. */
  RateLimiter limits(Sync sync);

  /**
   * Returns a counter of concurrent requests on all nodes.
   *
   * <p>Requests of a node that has failed count until it has been silent for a few seconds.
   */
  ConnectionCounter connections();

  /**
   * Returns the clock that the nodes share.
   *
   * <p>Before the first answer of the engine it has the time of this node, and calls fail.
   */
  InstantSource ticker();

  /** Returns whether the engine answers. The default is true. */
  default boolean answers() {
    return true;
  }

  /** Returns the known number of nodes, at least 1. */
  int nodes();
}
