package dev.gatehouse.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.spi.Bucket;
import dev.gatehouse.spi.CounterKey;
import dev.gatehouse.spi.RateLimitBackend;
import dev.gatehouse.spi.SharedSlots;
import dev.gatehouse.spi.StoreException;
import dev.gatehouse.spi.Window;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Counters of all nodes; every count is one of the engine.
 *
 * <p>A request's thread waits for the configured time and no longer. What was asked and not
 * answered in time may have been counted, so that less is admitted, never more. Safe for use by
 * several threads.
 */
final class SharedLimits implements RateLimitBackend {
  /** A slot outlives its counter, so that no clock can end a window early. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private static final long MOST_KEEP = 1L << 55;
  private static final long MICROS_PER_MILLI = 1_000;

  private final SharedSlots slots;
  private final SlotNames names;
  private final Executor engine;
  private final EngineHealth health;
  private final Duration timeout;
  private final Cache<CounterKey, SharedCounter<Counter>> windows;
  private final Cache<CounterKey, SharedCounter<LeakyBucket>> buckets;

  /**
   * Counters with nothing known about any of them.
   *
   * @param timeout how long a request's thread waits
   * @param maxKeys how many counters are known at a time; others are read again
   */
  SharedLimits(Wires wires, Duration timeout, long maxKeys) {
    this.slots = wires.slots();
    this.names = wires.names();
    this.engine = wires.engine();
    this.health = wires.health();
    this.timeout = timeout;
    this.windows = Caffeine.newBuilder().maximumSize(maxKeys).executor(Runnable::run).build();
    this.buckets = Caffeine.newBuilder().maximumSize(maxKeys).executor(Runnable::run).build();
  }

  /**
   * What leads to the engine.
   *
   * @param engine runs what talks to it
   */
  record Wires(SharedSlots slots, SlotNames names, Executor engine, EngineHealth health) {}

  @Override
  public Window.Result acquire(CounterKey key, Window window, long nowMillis) {
    return answer(
            window(
                key,
                window,
                new SharedCounter.Question<>(
                    counter -> counted(counter, window, nowMillis),
                    Counted::changed,
                    false,
                    keep(window))))
        .state();
  }

  @Override
  public Window.Result peek(CounterKey key, Window window, long nowMillis) {
    return answer(
        window(
            key,
            window,
            new SharedCounter.Question<>(
                counter -> counter.peek(window, nowMillis), peeked -> false, true, keep(window))));
  }

  @Override
  public Bucket.Result acquire(CounterKey key, Bucket bucket, long nowMillis) {
    health.check();
    SharedCounter.Question<LeakyBucket, Counted<Bucket.Result>> question =
        new SharedCounter.Question<>(
            known -> poured(known, bucket, nowMillis), Counted::changed, false, keep(bucket));
    return answer(
            buckets
                .get(key, absent -> new SharedCounter<>(names.of(absent), SlotForm.bucket()))
                .ask(question, slots, engine))
        .state();
  }

  /**
   * Takes several permits, or adds what was admitted already, without waiting.
   *
   * @param exchange is done with the window
   */
  CompletableFuture<Chunk> exchange(
      CounterKey key, Window window, Function<FixedWindow, Chunk> exchange) {
    return window(
        key,
        window,
        new SharedCounter.Question<>(
            counter -> exchange.apply(fixed(counter)),
            chunk -> chunk.taken() > 0,
            false,
            keep(window)));
  }

  /**
   * Waits for an answer.
   *
   * @throws StoreException if it is a failure, or does not come in time
   */
  <R> R answer(CompletableFuture<R> coming) {
    try {
      R answer = coming.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      health.answered();
      return answer;
    } catch (TimeoutException e) {
      coming.cancel(false);
      throw failed("the engine of the limits did not answer in time", e);
    } catch (ExecutionException e) {
      throw failed("the engine of the limits failed", e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      coming.cancel(false);
      throw new StoreException("interrupted", e);
    }
  }

  private StoreException failed(String what, Throwable cause) {
    health.failed(cause);
    return new StoreException(what, cause);
  }

  private <R> CompletableFuture<R> window(
      CounterKey key, Window window, SharedCounter.Question<Counter, R> question) {
    health.check();
    return windows
        .get(key, absent -> new SharedCounter<>(names.of(absent), SlotForm.window(window.kind())))
        .ask(question, slots, engine);
  }

  private static FixedWindow fixed(Counter counter) {
    if (counter instanceof FixedWindow fixed) {
      return fixed;
    }
    throw new IllegalArgumentException("only fixed windows are shared in chunks");
  }

  /** What a question came to, and whether the counter has changed. */
  private record Counted<S>(S state, boolean changed) {}

  private static Counted<Window.Result> counted(Counter counter, Window window, long nowMillis) {
    boolean moves = counter.isAhead(nowMillis);
    Window.Result state = counter.acquire(window, nowMillis);
    return state == null
        ? new Counted<>(counter.peek(window, nowMillis), false)
        : new Counted<>(state, moves || state.admitted());
  }

  private static Counted<Bucket.Result> poured(LeakyBucket known, Bucket bucket, long nowMillis) {
    boolean moves = known.isAhead(nowMillis);
    Bucket.Result state = known.acquire(bucket, nowMillis);
    return state == null
        ? new Counted<>(new Bucket.Result(false, 0), false)
        : new Counted<>(state, moves || state.admitted());
  }

  private static Duration keep(Window window) {
    return MARGIN.plusMillis(2 * window.millis());
  }

  /** Until it is empty. */
  private static Duration keep(Bucket bucket) {
    long drained = (bucket.burst() / bucket.rate() + 1) * MICROS_PER_MILLI;
    return MARGIN.plusMillis(Math.min(MOST_KEEP, drained));
  }
}
