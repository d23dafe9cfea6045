package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.spi.store.StoreException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The health of the engine that the nodes share.
 *
 * <p>The engine is down until its first answer, and after three failures in a row. While it is
 * down, no caller waits for it until the node's heartbeat has reached it again. Safe for use by
 * several threads.
 */
final class EngineHealth {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.limits");
  private static final int FAILURES = 3;
  private static final int MAX_CAUSES = 8;

  private final AtomicInteger failures = new AtomicInteger(FAILURES);
  private final Runnable wentDown;

  /**
   * Creates the health of an engine that is down.
   *
   * @param wentDown called when the engine goes down; checks it at once, because this process may
   *     have been slow
   */
  EngineHealth(Runnable wentDown) {
    this.wentDown = wentDown;
  }

  /** Throws at once if the engine is down. */
  void check() {
    if (isDown()) {
      throw new StoreException("the engine of the limits is down");
    }
  }

  boolean isDown() {
    return failures.get() >= FAILURES;
  }

  /** Records a successful heartbeat. */
  void works() {
    if (failures.getAndSet(0) >= FAILURES) {
      LOG.log(Level.INFO, "the engine of the limits answers");
    }
  }

  /**
   * Records an answer in time. It does not end an outage, because it may answer an old question.
   */
  void answered() {
    int seen = failures.get();
    if (seen > 0 && seen < FAILURES) {
      failures.compareAndSet(seen, 0);
    }
  }

  /** Records a failure or a missing answer. */
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

  /** Returns the classes of the causes. Their messages may contain a password. */
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
