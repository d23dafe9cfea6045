package dev.gatehouse.internal.store.cache;

import dev.gatehouse.internal.store.DaemonThreads;
import dev.gatehouse.spi.store.ManagedStore;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Writes the last uses of Credentials on a thread of its own.
 *
 * <p>A write may wait long for the store, so it must never run on the thread that follows the
 * change feed. Safe for use by several threads.
 */
final class LastUseWriter {
  private final LastUsedBuffer noted;
  private final ManagedStore store;
  private final BooleanSupplier down;
  private volatile boolean closed;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, DaemonThreads.named("gatehouse-uses"));

  /**
   * Does not write before it is started.
   *
   * @param down whether the store is known not to answer
   */
  LastUseWriter(LastUsedBuffer noted, ManagedStore store, BooleanSupplier down) {
    this.noted = noted;
    this.store = store;
    this.down = down;
  }

  /** Writes again and again, each time some time after it was done last. */
  void start(Duration pause) {
    long millis = pause.toMillis();
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(this::write, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void write() {
    noted.write(store, () -> !closed && !down.getAsBoolean());
  }

  /** Writes what is left, but waits no longer than a timeout. */
  void close(Duration timeout) {
    if (!thread.isShutdown()) {
      Future<?> unused = thread.submit(this::write);
      thread.shutdown();
    }
    try {
      boolean unusedResult = thread.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed = true;
    }
  }
}
