package dev.gatehouse.internal.store.cache;

import java.time.Duration;

/**
 * Runs a preload between two looks at the change feed, and goes on after a pause if the store
 * fails.
 *
 * <p>Used on the thread of the watch only.
 */
final class PreloadRun {
  private final CachePreloader preload;
  private final ChangeFeedPoller watch;
  private final Duration pause;
  private boolean running;
  private boolean begun;

  /** Reads nothing yet. */
  PreloadRun(CachePreloader preload, ChangeFeedPoller watch, Duration pause) {
    this.preload = preload;
    this.watch = watch;
    this.pause = pause;
  }

  /** Reads all, from the first page. */
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
