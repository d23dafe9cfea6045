package dev.gatehouse.internal.store.cache;

import dev.gatehouse.internal.store.DaemonThreads;
import dev.gatehouse.spi.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls to a store that nobody waits for longer than a timeout, on a few threads of their own.
 *
 * <p>While the store is down no call is made at all. The threads are there from the start, so that
 * none inherits anything from a request. Safe for use by several threads. Source: security R2.
 */
final class StoreCalls implements AutoCloseable {
  private static final int THREADS = 8;
  private static final int MAX_WAITING = 1_000;

  private final Duration timeout;
  private final BooleanSupplier down;
  private final ThreadPoolExecutor threads;

  /**
   * One question to the store.
   *
   * @param <T> what it answers
   */
  @FunctionalInterface
  interface Call<T> {
    @Nullable T make();
  }

  /**
   * Starts the threads for the calls of requests to the application.
   *
   * @param timeout for one call; positive
   * @param down whether the store is known not to answer
   */
  StoreCalls(Duration timeout, BooleanSupplier down) {
    this(timeout, down, "gatehouse-store", THREADS);
  }

  /** Starts so many threads of a name. */
  StoreCalls(Duration timeout, BooleanSupplier down, String name, int count) {
    this.timeout = timeout;
    this.down = down;
    this.threads =
        new ThreadPoolExecutor(
            count,
            count,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MAX_WAITING),
            DaemonThreads.named(name));
    int unused = threads.prestartAllCoreThreads();
  }

  /**
   * What a call answers; what it throws goes through.
   *
   * @throws StoreException if it does not answer in time, or is not made
   */
  <T> @Nullable T of(Call<T> call) {
    return answer(begin(call), () -> true);
  }

  /**
   * The same for a call that has much to do: it is waited for as long as the store answers others.
   */
  <T> @Nullable T ofLong(Call<T> call) {
    return answer(begin(call), down);
  }

  private <T> Future<Optional<T>> begin(Call<T> call) {
    if (down.getAsBoolean()) {
      throw new StoreException("the store is down");
    }
    try {
      return threads.submit(() -> Optional.ofNullable(call.make()));
    } catch (RejectedExecutionException e) {
      throw new StoreException("too many calls wait for the store", e);
    }
  }

  /** Waits for a timeout, and for another one unless the waiting is over by then. */
  private <T> @Nullable T answer(Future<Optional<T>> answer, BooleanSupplier over) {
    try {
      while (true) {
        try {
          return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS).orElse(null);
        } catch (TimeoutException e) {
          if (over.getAsBoolean()) {
            answer.cancel(false);
            throw new StoreException(
                "the store did not answer in " + timeout.toMillis() + " ms", e);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("nobody waits for the store any more", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new StoreException("the store failed", e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
