package dev.gatehouse.internal.store.cache;

import dev.gatehouse.internal.store.DaemonThreads;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.StoreException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Polls a change feed on a separate thread. It knows whether the store answers, and how old cached
 * entries may be.
 *
 * <p>Safe for use by several threads.
 */
final class ChangeFeedPoller implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.store");
  private static final long NEVER = Long.MIN_VALUE;

  /**
   * The minimum interval of polls by hints, because other applications may send any number of
   * hints.
   */
  private static final Duration MIN_HINT_PAUSE = Duration.ofMillis(50);

  private final ChangeFeed feed;
  private final Consumer<ChangeFeed.Changes> receiver;
  private final Pace pace;
  private final InstantSource ticker;
  private final ScheduledThreadPoolExecutor thread;
  private final Object catchingUp = new Object();
  private final Object looking = new Object();
  private final Object hinting = new Object();

  /** A poll that has not begun; guarded by {@code looking}. */
  private @Nullable FutureTask<Boolean> waiting;

  /** Whether a hint has arrived since the last poll by a hint; guarded by {@code hinting}. */
  private boolean hinted;

  /** Whether a poll by a hint, or the pause after it, is running; guarded by {@code hinting}. */
  private boolean pausing;

  private ChangeFeed.Position position = ChangeFeed.NOTHING;
  private volatile long heeded = NEVER;
  private volatile long asking = NEVER;
  private volatile boolean failing;

  /**
   * The interval and the bounds of polls; all positive.
   *
   * @param interval the interval of polls
   * @param timeout the timeout of a poll
   * @param maxStaleness how long cached entries may be used while the feed does not answer
   */
  record Pace(Duration interval, Duration timeout, Duration maxStaleness) {}

  ChangeFeedPoller(
      ChangeFeed feed, Consumer<ChangeFeed.Changes> receiver, Pace pace, InstantSource ticker) {
    this.feed = feed;
    this.receiver = receiver;
    this.pace = pace;
    this.ticker = ticker;
    this.thread = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("gatehouse-changes"));
  }

  /** Starts to poll and waits for the first answer, at most for the timeout. */
  void start() {
    boolean unused = catchUp();
    long every = pace.interval().toMillis();
    ScheduledFuture<?> unusedFuture =
        thread.scheduleWithFixedDelay(this::poll, every, every, TimeUnit.MILLISECONDS);
  }

  /**
   * Runs a step between two polls until it returns false. Must be called on the poller's thread;
   * the step must not throw.
   */
  void between(BooleanSupplier step) {
    try {
      thread.execute(
          () -> {
            if (timed(step)) {
              between(step);
            }
          });
    } catch (RejectedExecutionException closed) {
      LOG.log(Level.DEBUG, "the watch has ended", closed);
    }
  }

  /** Polls at once, or after the pause of the last hint. Hints during the pause count as one. */
  void hint() {
    synchronized (hinting) {
      hinted = true;
      if (!pausing) {
        pausing = true;
        after(Duration.ZERO, this::lookForHint);
      }
    }
  }

  private void lookForHint() {
    synchronized (hinting) {
      hinted = false;
    }
    boolean unused = poll();
    after(MIN_HINT_PAUSE, this::endPause);
  }

  private void endPause() {
    boolean again;
    synchronized (hinting) {
      again = hinted;
      pausing = again;
    }
    if (again) {
      lookForHint();
    }
  }

  /** Runs work once on the poller's thread, after a pause. */
  void after(Duration pause, Runnable work) {
    try {
      ScheduledFuture<?> unused = thread.schedule(work, pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      LOG.log(Level.DEBUG, "the watch has ended", closed);
    }
  }

  private boolean timed(BooleanSupplier step) {
    asking = ticker.millis();
    try {
      return step.getAsBoolean();
    } finally {
      asking = NEVER;
    }
  }

  /**
   * Throws if cached entries are too old.
   *
   * @throws StoreException if the feed has not answered for too long
   */
  void check() {
    long last = heeded;
    if (last == NEVER || ticker.millis() - last > pace.maxStaleness().toMillis()) {
      throw new StoreException("the store has not told for too long what has changed");
    }
  }

  /** Returns the time since the last processed poll, or empty. */
  Optional<Duration> timeSincePoll() {
    long last = heeded;
    return last == NEVER
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.max(0, ticker.millis() - last)));
  }

  /** Returns whether the store fails or does not answer in time. */
  boolean isDown() {
    long since = asking;
    return failing || (since != NEVER && ticker.millis() - since > pace.timeout().toMillis());
  }

  /**
   * Polls at once. Returns whether all changes before this call are processed.
   *
   * <p>Callers share a poll that has not begun, so at most one is in the queue.
   */
  boolean catchUp() {
    try {
      return nextLook().get(pace.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "the change feed was not asked", e);
      return false;
    }
  }

  private Future<Boolean> nextLook() {
    synchronized (looking) {
      FutureTask<Boolean> next = waiting;
      if (next == null) {
        next = new FutureTask<>(this::look);
        thread.execute(next);
        waiting = next;
      }
      return next;
    }
  }

  private boolean look() {
    synchronized (looking) {
      waiting = null;
    }
    return poll();
  }

  /**
   * Polls unless the last poll is recent. Concurrent callers share a poll.
   *
   * @throws StoreException if the feed does not answer
   */
  void beCurrent(Duration youngest) {
    if (isCurrent(youngest)) {
      return;
    }
    synchronized (catchingUp) {
      if (!isCurrent(youngest) && (isDown() || !catchUp())) {
        throw new StoreException("the store does not tell what has changed");
      }
    }
  }

  private boolean isCurrent(Duration youngest) {
    long last = heeded;
    return last != NEVER && !isDown() && ticker.millis() - last <= youngest.toMillis();
  }

  /** Polls. Any failure counts as one of the store, so that polling continues. */
  private boolean poll() {
    long asked = ticker.millis();
    asking = asked;
    try {
      ChangeFeed.Changes changes = feed.since(position);
      receiver.accept(changes);
      position = changes.position();
      heeded = asked;
      logState(false, "");
      return true;
    } catch (RuntimeException | Error e) {
      logState(true, String.valueOf(e));
      return false;
    } finally {
      asking = NEVER;
    }
  }

  private void logState(boolean fails, String cause) {
    if (thread.isShutdown()) {
      return;
    }
    if (fails && !failing) {
      LOG.log(
          Level.WARNING,
          "the store does not answer; known callers are served for {0} s more: {1}",
          pace.maxStaleness().toSeconds(),
          cause);
    }
    if (!fails && failing) {
      LOG.log(Level.INFO, "the store answers");
    }
    failing = fails;
  }

  /** Ends the thread. Waits for a running poll, at most for its timeout. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      boolean unused = thread.awaitTermination(pace.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
