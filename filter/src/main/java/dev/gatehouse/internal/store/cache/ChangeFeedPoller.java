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
 * Asks a feed again and again what has changed, on a thread of its own, and so knows whether the
 * store answers and how old what is kept may be.
 *
 * <p>Safe for use by several threads. Source: limits section 10, security R1 and R6.
 */
final class ChangeFeedPoller implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.store");
  private static final long NEVER = Long.MIN_VALUE;

  /** Another application on the same engine may send any number of hints. */
  private static final Duration MIN_HINT_PAUSE = Duration.ofMillis(50);

  private final ChangeFeed feed;
  private final Consumer<ChangeFeed.Changes> heed;
  private final Pace pace;
  private final InstantSource ticker;
  private final ScheduledThreadPoolExecutor thread;
  private final Object catchingUp = new Object();
  private final Object looking = new Object();
  private final Object hinting = new Object();

  /** A look that has not begun; guarded by {@code looking}. */
  private @Nullable FutureTask<Boolean> waiting;

  /** Whether a hint has come since the last look for one; guarded by {@code hinting}. */
  private boolean hinted;

  /** Whether a look for a hint, or the pause after it, is under way; guarded by {@code hinting}. */
  private boolean pausing;

  private ChangeFeed.Position position = ChangeFeed.NOTHING;
  private volatile long heeded = NEVER;
  private volatile long asking = NEVER;
  private volatile boolean failing;

  /**
   * How often, how long and how old; all positive.
   *
   * @param interval between two questions
   * @param timeout after which an answer is waited for no longer
   * @param maxStaleness how long what is kept may be served while the feed does not answer
   */
  record Pace(Duration interval, Duration timeout, Duration maxStaleness) {}

  ChangeFeedPoller(
      ChangeFeed feed, Consumer<ChangeFeed.Changes> heed, Pace pace, InstantSource ticker) {
    this.feed = feed;
    this.heed = heed;
    this.pace = pace;
    this.ticker = ticker;
    this.thread = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("gatehouse-changes"));
  }

  /** Begins, and waits for the first answer, but no longer than the timeout. */
  void start() {
    boolean unused = catchUp();
    long every = pace.interval().toMillis();
    ScheduledFuture<?> unusedFuture =
        thread.scheduleWithFixedDelay(this::poll, every, every, TimeUnit.MILLISECONDS);
  }

  /**
   * Does something between two questions, again and again until it answers false; must be called on
   * its thread, and never throws.
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

  /**
   * Looks at once, or when the pause after the last hint is over; hints that come meanwhile are
   * one.
   */
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

  /** Does something once on its thread, after a pause. */
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
   * Throws when what is kept is too old to be served.
   *
   * @throws StoreException then
   */
  void check() {
    long last = heeded;
    if (last == NEVER || ticker.millis() - last > pace.maxStaleness().toMillis()) {
      throw new StoreException("the store has not told for too long what has changed");
    }
  }

  /** How long ago the feed was heeded last; empty if it never was. */
  Optional<Duration> told() {
    long last = heeded;
    return last == NEVER
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.max(0, ticker.millis() - last)));
  }

  /** Whether the store fails, or leaves a question unanswered for too long. */
  boolean isDown() {
    long since = asking;
    return failing || (since != NEVER && ticker.millis() - since > pace.timeout().toMillis());
  }

  /**
   * Looks at once; returns whether all changes made before this call are processed now.
   *
   * <p>Callers share a look that has not begun yet, so at most one waits in the queue.
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
   * Makes sure that the feed was looked at not long ago; whoever comes meanwhile shares the look.
   *
   * @throws StoreException if it does not answer
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

  /** Any failure is the store's, since a watch that stops never sees a change again. */
  private boolean poll() {
    long asked = ticker.millis();
    asking = asked;
    try {
      ChangeFeed.Changes changes = feed.since(position);
      heed.accept(changes);
      position = changes.position();
      heeded = asked;
      tell(false, "");
      return true;
    } catch (RuntimeException | Error e) {
      tell(true, String.valueOf(e));
      return false;
    } finally {
      asking = NEVER;
    }
  }

  private void tell(boolean fails, String cause) {
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

  /** Ends the thread; a question that is under way is waited for as long as its timeout. */
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
