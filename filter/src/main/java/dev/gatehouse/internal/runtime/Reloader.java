package dev.gatehouse.internal.runtime;

import dev.gatehouse.internal.store.DaemonThreads;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks at the configuration file now and then, on a thread of its own that ends with the
 * application.
 */
final class Reloader implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.config");
  private static final Duration MAX_LOOK = Duration.ofSeconds(10);

  private final Thread thread;

  private Reloader(Thread thread) {
    this.thread = thread;
  }

  /**
   * Starts looking.
   *
   * @param file puts a new configuration into force itself
   * @param clock the wall clock, which the file's time stamps follow
   */
  static Reloader start(ReloadableFile<?> file, Duration every, InstantSource clock) {
    Semaphore never = new Semaphore(0);
    // Twice as often as due, so that a file that had to rest is taken soon after.
    long pause = Math.max(1, every.toMillis() / 2);
    Thread thread =
        DaemonThreads.create(
            "gatehouse-reload",
            () -> {
              while (pause(never, pause)) {
                look(() -> file.poll(clock.instant()));
              }
            });
    thread.start();
    return new Reloader(thread);
  }

  /** Ends the thread and waits for its end; a look that is under way is finished first. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(MAX_LOOK.toMillis());
      if (thread.isAlive()) {
        LOG.log(System.Logger.Level.WARNING, "the reload thread did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether to go on after a pause: until somebody interrupts. */
  private static boolean pause(Semaphore never, long millis) {
    try {
      return !never.tryAcquire(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** An exception would end the thread, so none gets out. */
  private static void look(Supplier<? extends ReloadableFile.Poll<?>> looking) {
    try {
      ReloadableFile.Poll<?> poll = looking.get();
      if (poll instanceof ReloadableFile.Poll.Changed<?>) {
        LOG.log(System.Logger.Level.INFO, "the configuration file was read again");
      } else if (poll instanceof ReloadableFile.Poll.Bad<?> bad) {
        LOG.log(
            System.Logger.Level.ERROR,
            "the configuration file was not taken, the old one stays: "
                + bad.problem().getMessage());
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the configuration file could not be looked at", e);
    }
  }
}
