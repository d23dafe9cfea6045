package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.spi.store.StoreException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether the engine that all nodes share answers.
 *
 * <p>It counts as down from the start until it has answered once, and after three failures in a
 * row; then nobody waits for it until the node's heartbeat has reached it again. Safe for use by
 * several threads.
 */
final class EngineHealth {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.limits");
  private static final int FAILURES = 3;
  private static final int MAX_CAUSES = 8;

  private final AtomicInteger failures = new AtomicInteger(FAILURES);
  private final Runnable wentDown;

  /**
   * An engine that is down.
   *
   * @param wentDown has the engine looked at once when it goes down, since it may be that only this
   *     process was slow
   */
  EngineHealth(Runnable wentDown) {
    this.wentDown = wentDown;
  }

  /** Throws at once when the engine is down. */
  void check() {
    if (isDown()) {
      throw new StoreException("the engine of the limits is down");
    }
  }

  boolean isDown() {
    return failures.get() >= FAILURES;
  }

  /** The heartbeat reached it. */
  void works() {
    if (failures.getAndSet(0) >= FAILURES) {
      LOG.log(Level.INFO, "the engine of the limits answers");
    }
  }

  /** A count was taken in time; once it is down that may be an answer to an old question. */
  void answered() {
    int seen = failures.get();
    if (seen > 0 && seen < FAILURES) {
      failures.compareAndSet(seen, 0);
    }
  }

  /** A question failed or was not answered in time. */
  void failed(Throwable cause) {
    if (failures.getAndIncrement() == FAILURES - 1) {
      LOG.log(
          Level.WARNING,
          "the engine of the limits does not answer; its counts fail until it does: {0}",
          reason(cause));
      wentDown.run();
    }
    if (failures.get() > FAILURES) {
      failures.set(FAILURES);
    }
  }

  /** The kinds of the causes too, but not their words, which may hold a password. */
  private static String reason(Throwable failure) {
    StringBuilder reason = new StringBuilder(String.valueOf(failure));
    Throwable cause = failure.getCause();
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      reason.append(" <- ").append(cause.getClass().getName());
      cause = cause.getCause();
    }
    return reason.toString();
  }
}
