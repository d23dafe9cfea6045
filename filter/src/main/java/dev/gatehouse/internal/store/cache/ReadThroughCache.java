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
 * A bounded cache in front of a slow source that reads each missing key once, however many threads
 * wait for it.
 *
 * <p>What is there and what is not there are kept apart, so a flood of unknown keys displaces only
 * unknown keys. A failure reaches all threads that wait for it and is not kept. A read that began
 * before a change is never kept, and nobody who asks after the change waits for it. The age of an
 * entry counts from the end of its read. Safe for use by several threads; no lock is held while the
 * source is read.
 *
 * @param <K> the key
 * @param <V> what the source answers
 */
final class ReadThroughCache<K, V> {
  private final Source<K, V> source;
  private final Beside<V> beside;
  private final Cache<K, V> present;
  private final Cache<K, Boolean> absent;
  private final ConcurrentHashMap<K, Load<V>> loads = new ConcurrentHashMap<>();

  /** Where missing keys are read; null means "not there". */
  @FunctionalInterface
  interface Source<K, V> {
    @Nullable V read(K key);
  }

  /** Whoever is told what becomes of values. */
  interface Beside<V> {
    /** One is kept, and no change can come between. */
    default void kept(V value) {}

    /** One was displaced by others. */
    default void displaced() {}

    /** Nobody. */
    static <V> Beside<V> nobody() {
      return new Beside<>() {};
    }
  }

  /**
   * How many entries stay, and for how long.
   *
   * @param maxEntries the highest number of present keys, and of absent keys beside them
   * @param maxAge the age at which an entry is read again; empty if it stays until it is forgotten
   * @param ticker a clock whose milliseconds never go back
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
   * @param beside is notified
   */
  ReadThroughCache(Source<K, V> source, CacheBounds bounds, Beside<V> beside) {
    this.source = source;
    this.present =
        bounds.builder().evictionListener((key, value, cause) -> beside.displaced()).build();
    this.absent = bounds.builder().build();
    this.beside = beside;
  }

  /** The value of a key, or null when the source has none; what the source throws goes through. */
  @Nullable V get(K key) {
    @Nullable V known = present.getIfPresent(key);
    if (known != null || absent.getIfPresent(key) != null) {
      return known;
    }
    Load<V> mine = new Load<>();
    @Nullable Load<V> running = loads.putIfAbsent(key, mine);
    return running == null ? load(key, mine) : running.await();
  }

  /** What is kept for a key; null if nothing is. */
  @Nullable V known(K key) {
    return present.getIfPresent(key);
  }

  /** Forgets these keys; to be called after the source has changed. */
  void forget(Collection<K> keys) {
    outdateLoads();
    present.invalidateAll(keys);
    absent.invalidateAll(keys);
  }

  /** Forgets all keys; to be called after the source has changed. */
  void forgetAll() {
    outdateLoads();
    present.invalidateAll();
    absent.invalidateAll();
  }

  /** Keeps a value that was read together with another one, unless there is one. */
  void offer(K key, V value) {
    @Nullable V unused = present.asMap().putIfAbsent(key, value);
  }

  /** Keeps another value of a key that still has this one. */
  void replace(K key, V was, V value) {
    boolean unused = present.asMap().replace(key, was, value);
  }

  /** Forgets all values of a kind; to be called after the source has changed. */
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
        keep(key, found, mine);
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

  private void keep(K key, @Nullable V found, Load<V> load) {
    synchronized (load) {
      if (load.outdated) {
        return;
      }
      if (found == null) {
        absent.put(key, true);
      } else {
        present.put(key, found);
        beside.kept(found);
      }
    }
  }

  /** One read of the source that is under way. */
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
