package dev.gatehouse.store;

import dev.gatehouse.spi.ChangeFeed;
import dev.gatehouse.spi.StoreException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Asks a feed again and again what has changed, on a thread of its own, and so knows whether the
 * store answers and how old what is kept may be.
 *
 * <p>Safe for use by several threads. Source: limits section 10, security R1 and R6.
 */
final class ChangeWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.store");
  private static final long NEVER = Long.MIN_VALUE;

  private final ChangeFeed feed;
  private final Consumer<ChangeFeed.Changes> heed;
  private final Pace pace;
  private final InstantSource ticker;
  private final ScheduledThreadPoolExecutor thread;
  private final AtomicBoolean hinted = new AtomicBoolean();
  private final Object catchingUp = new Object();
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

  ChangeWatch(ChangeFeed feed, Consumer<ChangeFeed.Changes> heed, Pace pace, InstantSource ticker) {
    this.feed = feed;
    this.heed = heed;
    this.pace = pace;
    this.ticker = ticker;
    this.thread = new ScheduledThreadPoolExecutor(1, StoreThreads.named("gatehouse-changes"));
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

  /** Looks soon; hints that come before it does are one. */
  void hint() {
    if (hinted.compareAndSet(false, true)) {
      try {
        thread.execute(
            () -> {
              hinted.set(false);
              boolean unused = poll();
            });
      } catch (RejectedExecutionException closed) {
        LOG.log(Level.DEBUG, "the watch has ended", closed);
      }
    }
  }

  /** Does something on its thread, each time some time after it was done last. */
  void every(Duration pause, Runnable work) {
    long millis = pause.toMillis();
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(work, millis, millis, TimeUnit.MILLISECONDS);
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
      throw new StoreException(
          "the store has not told for too long what has changed", new TimeoutException());
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

  /** Asks at once; answers whether all changes made before this call are heeded now. */
  boolean catchUp() {
    try {
      Future<Boolean> poll = thread.submit(this::poll);
      return poll.get(pace.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "the change feed was not asked", e);
      return false;
    }
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
        throw new StoreException(
            "the store does not tell what has changed", new TimeoutException());
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
