package dev.gatehouse.internal.store.cache;

import java.time.Duration;

/**
 * Runs a preload between polls of the change feed, and continues after a pause if the store fails.
 *
 * <p>Must be used on the poller's thread only.
 */
final class PreloadRun {
  private final CachePreloader preload;
  private final ChangeFeedPoller watch;
  private final Duration pause;
  private boolean running;
  private boolean begun;

  /** Creates a run. */
  PreloadRun(CachePreloader preload, ChangeFeedPoller watch, Duration pause) {
    this.preload = preload;
    this.watch = watch;
    this.pause = pause;
  }

  /** Restarts at the first page. */
  void restart() {
    begun = false;
    if (!running) {
      running = true;
      watch.between(this::step);
    }
  }

  private boolean step() {
    try {
      running = begun ? preload.step() : preload.begin();
      begun = true;
      return running;
    } catch (RuntimeException e) {
      preload.fail(e);
      watch.after(pause, () -> watch.between(this::step));
      return false;
    }
  }
}
