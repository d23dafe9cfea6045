package dev.gatehouse.internal.auth.password;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets so many threads hash at once, and a bounded number wait for a bounded time (security K5).
 *
 * <p>Safe for use by several threads.
 */
public final class HashThrottle {
  /** How often work of {@link #runBehind} lets others go first. */
  private static final int MAX_YIELDS = 100;

  private final Semaphore running;
  private final Semaphore behind = new Semaphore(1, true);
  private final Semaphore inside;
  private final long waitMillis;

  /**
   * Creates free slots.
   *
   * @param running how many hash at once, at least 1
   * @param waiting how many more may wait
   * @param waitMillis how long one waits
   */
  public HashThrottle(int running, int waiting, long waitMillis) {
    this.running = new Semaphore(running, true);
    this.inside = new Semaphore(running + waiting);
    this.waitMillis = waitMillis;
  }

  /** The work's answer; empty when there is too much of it already. */
  <T> Optional<T> run(Supplier<T> work) {
    if (!inside.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return inTurn(work);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      inside.release();
    }
  }

  /**
   * Returns the answer of work that no caller waits for: one at a time, and behind all that wait.
   *
   * @throws IllegalStateException if the thread is interrupted
   */
  <T> T runBehind(Supplier<T> work) {
    try {
      behind.acquire();
      try {
        acquireBehind();
        try {
          return work.get();
        } finally {
          running.release();
        }
      } finally {
        behind.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before a password was hashed", e);
    }
  }

  private void acquireBehind() throws InterruptedException {
    running.acquire();
    for (int yields = 0; running.hasQueuedThreads() && yields < MAX_YIELDS; yields++) {
      running.release();
      running.acquire();
    }
  }

  /** How many wait for their turn, about. */
  int waiting() {
    return running.getQueueLength();
  }

  private <T> Optional<T> inTurn(Supplier<T> work) throws InterruptedException {
    if (!running.tryAcquire(waitMillis, TimeUnit.MILLISECONDS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(work.get());
    } finally {
      running.release();
    }
  }
}
