package dev.gatehouse.internal.store.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bounded cache in front of a slow source. Concurrent threads share one read of a missing key.
 *
 * <p>Present and absent keys have separate bounds, so that a flood of unknown keys evicts only
 * unknown keys. A failure is passed to all waiting threads and not cached. A read that began before
 * a change is not cached, and threads that arrive after the change do not wait for it. The age of
 * an entry counts from the end of its read. Safe for use by several threads; no lock is held during
 * a read.
 *
 * @param <K> the key
 * @param <V> the value
 */
final class ReadThroughCache<K, V> {
  private final Source<K, V> source;
  private final Listener<V> beside;
  private final Cache<K, V> present;
  private final Cache<K, Boolean> absent;
  private final ConcurrentHashMap<K, Load<V>> loads = new ConcurrentHashMap<>();

  /** The source of missing keys. Null means that there is no value. */
  @FunctionalInterface
  interface Source<K, V> {
    @Nullable V read(K key);
  }

  /** A listener of cached values. */
  interface Listener<V> {
    /** Called when a value is cached, atomically with respect to changes. */
    default void added(V value) {}

    /** Called when a value was evicted. */
    default void displaced() {}

    /** Returns a listener that does nothing. */
    static <V> Listener<V> none() {
      return new Listener<>() {};
    }
  }

  /**
   * The bounds of a cache.
   *
   * @param maxEntries the maximum number of present keys, and of absent keys
   * @param maxAge the age at which an entry is read again; empty if entries do not expire
   * @param ticker a monotonic clock
   */
  record CacheBounds(long maxEntries, Optional<Duration> maxAge, InstantSource ticker) {
    private Caffeine<Object, Object> builder() {
      Caffeine<Object, Object> builder =
          Caffeine.newBuilder().maximumSize(maxEntries).executor(Runnable::run);
      maxAge.ifPresent(
          age -> builder.expireAfterWrite(age).ticker(() -> ticker.millis() * 1_000_000));
      return builder;
    }
  }

  /**
   * Creates an empty cache.
   *
   * @param beside the listener
   */
  ReadThroughCache(Source<K, V> source, CacheBounds bounds, Listener<V> beside) {
    this.source = source;
    this.present =
        bounds.builder().evictionListener((key, value, cause) -> beside.displaced()).build();
    this.absent = bounds.builder().build();
    this.beside = beside;
  }

  /**
   * Returns the value of a key, or null if the source has none. Exceptions of the source are
   * thrown.
   */
  @Nullable V get(K key) {
    @Nullable V known = present.getIfPresent(key);
    if (known != null || absent.getIfPresent(key) != null) {
      return known;
    }
    Load<V> mine = new Load<>();
    @Nullable Load<V> running = loads.putIfAbsent(key, mine);
    return running == null ? load(key, mine) : running.await();
  }

  /** Returns the cached value of a key, or null. */
  @Nullable V known(K key) {
    return present.getIfPresent(key);
  }

  /** Removes keys. Must be called after the source has changed. */
  void forget(Collection<K> keys) {
    outdateLoads();
    present.invalidateAll(keys);
    absent.invalidateAll(keys);
  }

  /** Removes all keys. Must be called after the source has changed. */
  void forgetAll() {
    outdateLoads();
    present.invalidateAll();
    absent.invalidateAll();
  }

  /** Adds a value that was read together with another one, unless the key has one. */
  void offer(K key, V value) {
    @Nullable V unused = present.asMap().putIfAbsent(key, value);
  }

  /** Replaces the value of a key if it is unchanged. */
  void replace(K key, V was, V value) {
    boolean unused = present.asMap().replace(key, was, value);
  }

  /** Removes values that match. Must be called after the source has changed. */
  void forgetIf(Predicate<V> outdated) {
    outdateLoads();
    present.asMap().values().removeIf(outdated);
  }

  private void outdateLoads() {
    loads.forEach(
        (key, load) -> {
          load.outdate();
          loads.remove(key, load);
        });
  }

  private @Nullable V load(K key, Load<V> mine) {
    try {
      @Nullable V found = present.getIfPresent(key);
      if (found == null && absent.getIfPresent(key) == null) {
        found = source.read(key);
        add(key, found, mine);
      }
      mine.result.complete(Optional.ofNullable(found));
      return found;
    } catch (Throwable failure) {
      mine.result.completeExceptionally(failure);
      throw failure;
    } finally {
      loads.remove(key, mine);
    }
  }

  private void add(K key, @Nullable V found, Load<V> load) {
    synchronized (load) {
      if (load.outdated) {
        return;
      }
      if (found == null) {
        absent.put(key, true);
      } else {
        present.put(key, found);
        beside.added(found);
      }
    }
  }

  /** A running read of the source. */
  private static final class Load<V> {
    private final CompletableFuture<Optional<V>> result = new CompletableFuture<>();
    private boolean outdated;

    private synchronized void outdate() {
      outdated = true;
    }

    private @Nullable V await() {
      try {
        return result.join().orElse(null);
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        if (e.getCause() instanceof Error failure) {
          throw failure;
        }
        throw e;
      }
    }
  }
}
