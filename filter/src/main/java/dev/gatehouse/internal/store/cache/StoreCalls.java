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
 * Calls to a store with a timeout, on separate threads.
 *
 * <p>While the store is down, calls fail at once. Threads are created at the start, so that they do
 * not inherit anything from a request. Safe for use by several threads.
 */
final class StoreCalls implements AutoCloseable {
  private static final int THREADS = 8;
  private static final int MAX_WAITING = 1_000;

  private final Duration timeout;
  private final BooleanSupplier down;
  private final ThreadPoolExecutor threads;

  /**
   * A call to the store.
   *
   * @param <T> the result
   */
  @FunctionalInterface
  interface Call<T> {
    @Nullable T make();
  }

  /**
   * Creates calls with the threads for requests.
   *
   * @param timeout the timeout of a call; positive
   * @param down returns whether the store is down
   */
  StoreCalls(Duration timeout, BooleanSupplier down) {
    this(timeout, down, "gatehouse-store", THREADS);
  }

  /** Creates calls with a number of threads. */
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
   * Returns the result of a call. Its exceptions are thrown.
   *
   * @throws StoreException if there is no answer in time, or the store is down
   */
  <T> @Nullable T of(Call<T> call) {
    return answer(begin(call), () -> true);
  }

  /**
   * Returns the result of a long call, which may take longer than the timeout while the store
   * answers other calls.
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

  /** Waits for a timeout, repeatedly until a condition holds. */
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
      throw new StoreException("the thread was interrupted while it waited for the store", e);
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
