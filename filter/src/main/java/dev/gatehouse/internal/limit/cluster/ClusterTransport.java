package dev.gatehouse.internal.limit.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.internal.limit.window.FixedWindow;
import dev.gatehouse.internal.limit.window.LeakyBucket;
import dev.gatehouse.internal.limit.window.WindowCounter;
import dev.gatehouse.internal.limit.window.WindowShare;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.LeakyBucketLimit;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.spi.limit.SharedSlots;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.store.Stores;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The calls to the engine that the nodes share.
 *
 * <p>Calls run on threads of the engine. A request's thread waits for the configured time at most.
 * A call without an answer in time may have been counted, so that fewer requests are admitted,
 * never more. Safe for use by several threads.
 */
final class ClusterTransport {
  /** A slot outlives its counter, so that no clock difference ends a window early. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private static final long MAX_LIFE_MILLIS = 1L << 55;
  private static final long MICROS_PER_MILLI = 1_000;

  private final SharedSlots slots;
  private final SlotNaming names;
  private final Executor engine;
  private final EngineHealth health;
  private final Duration timeout;
  private final Cache<CounterKey, SharedCounter<WindowCounter>> windows;
  private final Cache<CounterKey, SharedCounter<LeakyBucket>> buckets;

  /**
   * Creates a transport.
   *
   * @param sharing the longest wait of a request's thread, and the maximum number of known counters
   * @param engine runs the calls of the slots
   */
  ClusterTransport(
      SharedSlots slots, Stores.Sharing sharing, Executor engine, EngineHealth health) {
    this.slots = slots;
    this.names = new SlotNaming(sharing.namespace());
    this.engine = engine;
    this.health = health;
    this.timeout = sharing.timeout();
    this.windows = bounded(sharing.maxKeys());
    this.buckets = bounded(sharing.maxKeys());
  }

  private static <C> Cache<CounterKey, SharedCounter<C>> bounded(long maxKeys) {
    return Caffeine.newBuilder().maximumSize(maxKeys).executor(Runnable::run).build();
  }

  /**
   * Throws at once if the engine is down.
   *
   * @throws StoreException if it is
   */
  void check() {
    health.check();
  }

  /** Returns a new counter for a key. */
  <C> SharedCounter<C> counter(CounterKey key, CounterCodec<C> form) {
    return new SharedCounter<>(names.of(key), form);
  }

  /** Sends a question about a counter. Does not wait. */
  <C, R> CompletableFuture<R> ask(SharedCounter<C> counter, SharedCounter.Question<C, R> question) {
    return counter.ask(question, slots, engine);
  }

  /**
   * Sends a question about the counter of a window. Does not wait.
   *
   * @throws StoreException if the engine is down
   */
  <R> CompletableFuture<R> askWindow(
      CounterKey key, RateWindow window, SharedCounter.Question<WindowCounter, R> question) {
    check();
    return ask(
        windows.get(key, absent -> counter(absent, CounterCodec.window(window.kind()))), question);
  }

  /**
   * Sends a question about a leaky bucket. Does not wait.
   *
   * @throws StoreException if the engine is down
   */
  <R> CompletableFuture<R> askBucket(
      CounterKey key, SharedCounter.Question<LeakyBucket, R> question) {
    check();
    return ask(buckets.get(key, absent -> counter(absent, CounterCodec.bucket())), question);
  }

  /**
   * Takes several permits of a fixed window, or adds admitted requests. Does not wait.
   *
   * @param exchange changes the window
   * @throws StoreException if the engine is down
   */
  CompletableFuture<WindowShare> exchange(
      CounterKey key, RateWindow window, Function<FixedWindow, WindowShare> exchange) {
    return askWindow(
        key,
        window,
        new SharedCounter.Question<>(
            counter -> exchange.apply(fixed(counter)),
            share -> share.taken() > 0,
            false,
            life(window)));
  }

  private static FixedWindow fixed(WindowCounter counter) {
    if (counter instanceof FixedWindow fixed) {
      return fixed;
    }
    throw new IllegalArgumentException("only fixed windows are shared in parts");
  }

  /**
   * Waits for an answer and returns it.
   *
   * @throws StoreException if the call fails or there is no answer in time
   */
  <R> R await(CompletableFuture<R> answer) {
    try {
      R result = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      health.answered();
      return result;
    } catch (TimeoutException e) {
      answer.cancel(false);
      throw failed("the engine of the limits did not answer in time", e);
    } catch (ExecutionException e) {
      throw failed("the engine of the limits failed", e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.cancel(false);
      throw new StoreException("interrupted", e);
    }
  }

  private StoreException failed(String problem, Throwable cause) {
    health.failed(cause);
    return new StoreException(problem, cause);
  }

  /** Returns the lifetime of the slot of a window. */
  static Duration life(RateWindow window) {
    return MARGIN.plusMillis(2 * window.millis());
  }

  /** Returns the lifetime of the slot of a bucket: until the bucket is empty. */
  static Duration life(LeakyBucketLimit bucket) {
    long drained = (bucket.burst() / bucket.rate() + 1) * MICROS_PER_MILLI;
    return MARGIN.plusMillis(Math.min(MAX_LIFE_MILLIS, drained));
  }
}
