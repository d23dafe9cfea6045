package dev.gatehouse.servlet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks at the configuration file now and then, on a thread of its own that ends with the
 * application.
 */
final class Reloader implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.config");
  private static final long LONGEST_LOOK = 10;

  private final ScheduledThreadPoolExecutor timer;

  private Reloader(ScheduledThreadPoolExecutor timer) {
    this.timer = timer;
  }

  /**
   * Starts looking.
   *
   * @param clock the wall clock, which the file's time stamps follow
   * @param entering puts a new configuration into force
   */
  static Reloader start(
      ReloadableFile<Application.Prepared> file,
      Duration every,
      InstantSource clock,
      Consumer<Application.Prepared> entering) {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "gatehouse-reload");
              thread.setDaemon(true);
              return thread;
            });
    Reloader reloader = new Reloader(timer);
    long millis = every.toMillis();
    // Twice as often as due, so that a file that had to rest is taken soon after.
    Future<?> unused =
        timer.scheduleWithFixedDelay(
            () -> look(() -> file.poll(clock.instant()), entering),
            millis,
            Math.max(1, millis / 2),
            TimeUnit.MILLISECONDS);
    return reloader;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      if (!timer.awaitTermination(LONGEST_LOOK, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "the reload thread did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An exception would end the timer, so none gets out. */
  private static void look(
      Supplier<ReloadableFile.Poll<Application.Prepared>> looking,
      Consumer<Application.Prepared> entering) {
    try {
      ReloadableFile.Poll<Application.Prepared> poll = looking.get();
      if (poll instanceof ReloadableFile.Poll.Changed<Application.Prepared> changed) {
        entering.accept(changed.value());
        LOG.log(System.Logger.Level.INFO, "the configuration file was read again");
      } else if (poll instanceof ReloadableFile.Poll.Bad<Application.Prepared> bad) {
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
