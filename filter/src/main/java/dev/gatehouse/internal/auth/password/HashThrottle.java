package dev.gatehouse.internal.auth.password;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Limits how many threads hash passwords at once, and how many wait and for how long. Beyond that,
 * callers get an answer at once, so that a flood of logins cannot occupy all threads of the server.
 *
 * <p>Safe for use by several threads.
 */
public final class HashThrottle {
  /** How often {@link #runBehind} yields to waiting callers. */
  private static final int MAX_YIELDS = 100;

  private final Semaphore running;
  private final Semaphore behind = new Semaphore(1, true);
  private final Semaphore inside;
  private final long waitMillis;

  /**
   * Creates a throttle.
   *
   * @param running the number of threads that may hash at once, at least 1
   * @param waiting the number of callers that may wait
   * @param waitMillis the longest wait, in milliseconds
   */
  public HashThrottle(int running, int waiting, long waitMillis) {
    this.running = new Semaphore(running, true);
    this.inside = new Semaphore(running + waiting);
    this.waitMillis = waitMillis;
  }

  /** Runs the work and returns its result, or empty if too many callers wait. */
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
   * Runs work that no caller waits for, one at a time and after all waiting callers, and returns
   * its result.
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

  /** Returns the approximate number of waiting callers. */
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
