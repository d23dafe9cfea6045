package dev.gatehouse.spi.limit;

import java.time.InstantSource;

/**
 * The nodes of an application that count together.
 *
 * <p>Every count either is one of the engine that all nodes share, or ends in a {@link
 * dev.gatehouse.spi.store.StoreException} within the configured time. Safe for use by several
 * threads.
 */
public interface Cluster {
  /** How closely nodes keep in touch. */
  enum Sync {
    /**
     * A node takes several permits of a large window at once and admits requests without asking;
     * other counts are exact. Never more than the limit is admitted.
     */
    LEASE,
    /** Every count is one of the engine. Never more than the limit is admitted. */
    EXACT,
    /**
     * A node admits first and tells the engine later. With M nodes at most {@code (M - 1) * max(1,
     * limit / 100)} more than the limit are admitted in a window; other kinds than fixed windows
     * are exact.
     */
    DELAYED
  }

  /** Counts over all nodes; ask it with the time of {@link #ticker}. */
  RateLimiter limits(Sync sync);

  /**
   * Counts what runs on all nodes at the same time.
   *
   * <p>What a node held that died counts until it has been silent for a few seconds.
   */
  ConnectionCounter connections();

  /**
   * The time that all nodes share.
   *
   * <p>Before the engine has told it, its milliseconds are those of this node, and no count is
   * taken.
   */
  InstantSource ticker();

  /** Whether the engine that all nodes share answers; it does, unless overridden. */
  default boolean answers() {
    return true;
  }

  /** How many nodes there are, as far as is known; at least 1. */
  int nodes();
}
