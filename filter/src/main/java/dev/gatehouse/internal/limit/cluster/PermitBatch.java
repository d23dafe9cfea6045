package dev.gatehouse.internal.limit.cluster;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Permits that a node took at once and spends without asking; lock-free.
 *
 * <p>Safe for use by several threads: none is spent twice, and who is told that there is none comes
 * after all of them.
 */
final class PermitBatch {
  /** What {@link #spend()} answers when all permits are spent. */
  static final long NONE = -1;

  private final AtomicLong permits;

  PermitBatch(long permits) {
    this.permits = new AtomicLong(permits);
  }

  /** Spends one permit; answers how many are left after it, or {@link #NONE}. */
  long spend() {
    return permits.get() > 0 ? Math.max(NONE, permits.decrementAndGet()) : NONE;
  }

  /** How many are left, at least 0. */
  long left() {
    return Math.max(0, permits.get());
  }
}
