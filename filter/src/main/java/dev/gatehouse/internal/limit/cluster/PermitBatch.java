package dev.gatehouse.internal.limit.cluster;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A batch of permits that a node spends locally; lock-free.
 *
 * <p>Safe for use by several threads: no permit is spent twice, and {@link #NONE} is returned only
 * after all permits are spent.
 */
final class PermitBatch {
  /** The result of {@link #spend()} if all permits are spent. */
  static final long NONE = -1;

  private final AtomicLong permits;

  PermitBatch(long permits) {
    this.permits = new AtomicLong(permits);
  }

  /** Spends a permit. Returns the remaining permits, or {@link #NONE}. */
  long spend() {
    return permits.get() > 0 ? Math.max(NONE, permits.decrementAndGet()) : NONE;
  }

  /** Returns the remaining permits, at least 0. */
  long left() {
    return Math.max(0, permits.get());
  }
}
