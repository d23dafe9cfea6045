package dev.gatehouse.internal.limit.window;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.LeakyBucketLimit;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.RateWindow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Counters of this process, of bounded number.
 *
 * <p>When there are too many, the least used is forgotten, and its next request begins a new
 * window. A counter is closed under its own lock before it is forgotten, so a thread that still
 * holds it counts nowhere but in its successor.
 */
public final class LocalRateLimiter implements RateLimiter {
  private final Cache<CounterKey, WindowCounter> counters;
  private final Cache<CounterKey, LeakyBucket> buckets;

  public LocalRateLimiter(long maxKeys) {
    this.counters = bounded(maxKeys, LocalRateLimiter::close);
    this.buckets = bounded(maxKeys, LocalRateLimiter::close);
  }

  private static <T> Cache<CounterKey, T> bounded(long maxKeys, Consumer<T> close) {
    return Caffeine.newBuilder()
        .maximumSize(maxKeys)
        .executor(Runnable::run)
        .evictionListener(
            (@Nullable CounterKey key, @Nullable T counter, RemovalCause cause) -> {
              if (counter != null) {
                close.accept(counter);
              }
            })
        .build();
  }

  @Override
  public RateWindow.Result acquire(CounterKey key, RateWindow window, long nowMillis) {
    while (true) {
      WindowCounter counter = counter(key, window);
      synchronized (counter) {
        RateWindow.Result state = counter.acquire(window, nowMillis);
        if (state != null) {
          return state;
        }
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public LeakyBucketLimit.Result acquire(CounterKey key, LeakyBucketLimit bucket, long nowMillis) {
    while (true) {
      LeakyBucket found = buckets.get(key, absent -> new LeakyBucket());
      synchronized (found) {
        LeakyBucketLimit.Result state = found.acquire(bucket, nowMillis);
        if (state != null) {
          return state;
        }
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public RateWindow.Result peek(CounterKey key, RateWindow window, long nowMillis) {
    WindowCounter counter = counters.getIfPresent(key);
    if (counter == null) {
      return WindowCounter.of(window.kind()).peek(window, nowMillis);
    }
    synchronized (counter) {
      return counter.peek(window, nowMillis);
    }
  }

  @Override
  public List<Snapshot> snapshot(Predicate<CounterKey> wanted, int most, long nowMillis) {
    return counters.asMap().entrySet().stream()
        .filter(one -> wanted.test(one.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .limit(most)
        .flatMap(one -> snapshot(one.getKey(), one.getValue(), nowMillis).stream())
        .toList();
  }

  private static Optional<Snapshot> snapshot(
      CounterKey key, WindowCounter counter, long nowMillis) {
    synchronized (counter) {
      return Optional.ofNullable(counter.asked())
          .map(window -> new Snapshot(key, window, counter.peek(window, nowMillis)));
    }
  }

  /** The counter of a key; it may be forgotten, and is closed then, at any time. */
  WindowCounter counter(CounterKey key, RateWindow window) {
    WindowCounter known = counters.getIfPresent(key);
    return known == null ? counters.get(key, absent -> WindowCounter.of(window.kind())) : known;
  }

  private static void close(WindowCounter counter) {
    synchronized (counter) {
      counter.close();
    }
  }

  private static void close(LeakyBucket bucket) {
    synchronized (bucket) {
      bucket.close();
    }
  }

  @Override
  public String toString() {
    return "local-limits(" + counters.estimatedSize() + " keys)";
  }
}
