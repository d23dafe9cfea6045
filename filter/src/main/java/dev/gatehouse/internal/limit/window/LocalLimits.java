package dev.gatehouse.internal.limit.window;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.gatehouse.spi.limit.Bucket;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.RateLimitBackend;
import dev.gatehouse.spi.limit.Window;
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
public final class LocalLimits implements RateLimitBackend {
  private final Cache<CounterKey, Counter> counters;
  private final Cache<CounterKey, LeakyBucket> buckets;

  public LocalLimits(long maxKeys) {
    this.counters = bounded(maxKeys, LocalLimits::close);
    this.buckets = bounded(maxKeys, LocalLimits::close);
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
  public Window.Result acquire(CounterKey key, Window window, long nowMillis) {
    while (true) {
      Counter counter = counter(key, window);
      synchronized (counter) {
        Window.Result state = counter.acquire(window, nowMillis);
        if (state != null) {
          return state;
        }
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public Bucket.Result acquire(CounterKey key, Bucket bucket, long nowMillis) {
    while (true) {
      LeakyBucket found = buckets.get(key, absent -> new LeakyBucket());
      synchronized (found) {
        Bucket.Result state = found.acquire(bucket, nowMillis);
        if (state != null) {
          return state;
        }
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public Window.Result peek(CounterKey key, Window window, long nowMillis) {
    Counter counter = counters.getIfPresent(key);
    if (counter == null) {
      return Counter.of(window.kind()).peek(window, nowMillis);
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

  private static Optional<Snapshot> snapshot(CounterKey key, Counter counter, long nowMillis) {
    synchronized (counter) {
      return Optional.ofNullable(counter.asked())
          .map(window -> new Snapshot(key, window, counter.peek(window, nowMillis)));
    }
  }

  /** The counter of a key; it may be forgotten, and is closed then, at any time. */
  Counter counter(CounterKey key, Window window) {
    Counter known = counters.getIfPresent(key);
    return known == null ? counters.get(key, absent -> Counter.of(window.kind())) : known;
  }

  private static void close(Counter counter) {
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
