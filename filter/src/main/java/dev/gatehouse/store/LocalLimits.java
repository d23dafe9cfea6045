package dev.gatehouse.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.gatehouse.spi.CounterKey;
import dev.gatehouse.spi.RateLimitBackend;
import dev.gatehouse.spi.Window;
import org.jspecify.annotations.Nullable;

/**
 * Counters of this process, of bounded number.
 *
 * <p>When there are too many, the least used is forgotten, and its next request begins a new
 * window. A counter is closed under its own lock before it is forgotten, so a thread that still
 * holds it counts nowhere but in its successor.
 */
final class LocalLimits implements RateLimitBackend {
  private final Cache<CounterKey, FixedWindow> counters;

  LocalLimits(long maxKeys) {
    this.counters =
        Caffeine.newBuilder()
            .maximumSize(maxKeys)
            .executor(Runnable::run)
            .evictionListener(
                (@Nullable CounterKey key, @Nullable FixedWindow counter, RemovalCause cause) ->
                    close(counter))
            .build();
  }

  @Override
  public Window.State acquire(CounterKey key, Window window, long nowMillis) {
    while (true) {
      FixedWindow counter = counters.getIfPresent(key);
      if (counter == null) {
        counter = counters.get(key, absent -> new FixedWindow());
      }
      synchronized (counter) {
        Window.State state = counter.acquire(window, nowMillis);
        if (state != null) {
          return state;
        }
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public Window.State peek(CounterKey key, Window window, long nowMillis) {
    FixedWindow counter = counters.getIfPresent(key);
    if (counter == null) {
      return FixedWindow.whole(window);
    }
    synchronized (counter) {
      return counter.peek(window, nowMillis);
    }
  }

  /** Forgets one counter as an overflow does, and tells whether it was there. */
  boolean evict(CounterKey key) {
    boolean[] found = new boolean[1];
    counters
        .asMap()
        .computeIfPresent(
            key,
            (same, counter) -> {
              close(counter);
              found[0] = true;
              return null;
            });
    return found[0];
  }

  private static void close(@Nullable FixedWindow counter) {
    if (counter != null) {
      synchronized (counter) {
        counter.close();
      }
    }
  }

  @Override
  public String toString() {
    return "local-limits(" + counters.estimatedSize() + " keys)";
  }
}
