package dev.gatehouse.store;

import dev.gatehouse.internal.limit.cluster.HazelcastProvider;
import dev.gatehouse.internal.limit.cluster.ManagedCluster;
import dev.gatehouse.internal.limit.cluster.RedisProvider;
import dev.gatehouse.internal.limit.cluster.SharedCluster;
import dev.gatehouse.internal.limit.window.LocalRateLimiter;
import dev.gatehouse.internal.store.MemoryStore;
import dev.gatehouse.internal.store.cache.CachedStore;
import dev.gatehouse.internal.store.cache.ChangeTrackingStore;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PropertyLookup;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.SharedSlots;
import dev.gatehouse.spi.limit.SharedSlotsProvider;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ChangeHints;
import dev.gatehouse.spi.store.ConsumerStore;
import dev.gatehouse.spi.store.ManagedStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The catalogue of stores and counters that live in this process. */
public final class Stores {
  /** How many Credentials, and how many unknown keys, {@link #cached} keeps by default. */
  public static final long DEFAULT_ENTRIES = 100_000;

  /** How old an entry of {@link #cached} may become by default. */
  public static final Duration DEFAULT_AGE = Duration.ofSeconds(1);

  /** How many counters {@link #localLimits} keeps by default. */
  public static final long DEFAULT_KEYS = 200_000;

  private Stores() {}

  /** An empty store in memory that calls the unique setting of every plugin {@code key}. */
  public static ManagedStore memory() {
    return memory(plugin -> "key");
  }

  /**
   * An empty store in memory.
   *
   * <p>A read is one look into a hash table, takes no lock and allocates nothing.
   *
   * @param attributeOf the setting that must be unique among the Credentials of a plugin, by the
   *     plugin's name; it is named when a duplicate is refused
   */
  public static ManagedStore memory(Function<String, String> attributeOf) {
    return new MemoryStore(attributeOf);
  }

  /** A store behind a cache of {@link #DEFAULT_ENTRIES} and {@link #DEFAULT_AGE}. */
  public static ManagedStore cached(ManagedStore store, InstantSource ticker) {
    return cached(store, DEFAULT_ENTRIES, DEFAULT_AGE, ticker);
  }

  /**
   * A store behind a cache that reads each missing key once, however many threads wait for it.
   *
   * <p>Writes through the result are seen by its readers at once; changes made elsewhere when the
   * age is reached. Failures are not kept. Closing the result closes the store.
   *
   * @param maxEntries how many Credentials are kept, and as many unknown keys apart from them, and
   *     as many Consumers; at least 1
   * @param maxAge how old an entry may become, counted from the end of its read; positive
   * @param ticker a clock whose milliseconds never go back
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static ManagedStore cached(
      ManagedStore store, long maxEntries, Duration maxAge, InstantSource ticker) {
    if (maxEntries < 1 || maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException("maxEntries and maxAge must be positive");
    }
    return new CachedStore(store, maxEntries, maxAge, ticker);
  }

  /** Which Consumers are in memory from the start. */
  public enum Preloading {
    /** All, if there is room for them. */
    AUTO,
    /** As many as there is room for. */
    ALL,
    /** None: each is read when it first calls. */
    NONE
  }

  /**
   * How the change feed of a store is followed.
   *
   * @param maxEntries how many Credentials are kept, and as many unknown keys apart from them, and
   *     as many Consumers; at least 1
   * @param interval between two looks at the feed, which bounds how late a change of another node
   *     is seen; positive
   * @param timeout how long anybody waits for one answer of the store; positive
   * @param maxStaleness how long known callers are served while the store is away; positive
   * @param preload who is known from the start
   * @param useInterval between two times at which the last use of Credentials is written; positive
   * @param hints whether the store is asked to tell when it is worth to look
   */
  public record Watching(
      long maxEntries,
      Duration interval,
      Duration timeout,
      Duration maxStaleness,
      Preloading preload,
      Duration useInterval,
      boolean hints) {
    /** The last use of Credentials is written every minute, and there are no hints. */
    public Watching(
        long maxEntries,
        Duration interval,
        Duration timeout,
        Duration maxStaleness,
        Preloading preload) {
      this(maxEntries, interval, timeout, maxStaleness, preload, Duration.ofMinutes(1), false);
    }

    /**
     * Checks all parts.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public Watching {
      if (maxEntries < 1
          || Stream.of(interval, timeout, maxStaleness, useInterval)
              .anyMatch(d -> d.toMillis() < 1)) {
        throw new IllegalArgumentException(
            "maxEntries, interval, timeout, maxStaleness and useInterval must be positive");
      }
    }
  }

  /**
   * A store behind bounded memory that follows its change feed.
   *
   * <p>Entries do not age: what another node changes is forgotten when the feed tells so. While the
   * store does not answer, known callers are served up to {@code maxStaleness}, and whoever asks
   * for an unknown one gets a {@link dev.gatehouse.spi.store.StoreException} at once. Closing the
   * result closes the store.
   *
   * @param ticker a clock whose milliseconds never go back
   * @throws IllegalArgumentException if the store has no {@link ConsumerStore#feed() feed}
   */
  public static ManagedStore watched(ManagedStore store, Watching watching, InstantSource ticker) {
    return watched(store, watching, Optional.empty(), ticker);
  }

  /**
   * The same, with hints of somebody else than the store.
   *
   * @param hints closed together with the result
   */
  public static ManagedStore watched(
      ManagedStore store, Watching watching, Optional<ChangeHints> hints, InstantSource ticker) {
    ChangeFeed feed =
        store.feed().orElseThrow(() -> new IllegalArgumentException("the store has no feed"));
    return new ChangeTrackingStore(
            new ChangeTrackingStore.Source(store, feed, hints), watching, ticker)
        .started();
  }

  /** Through whom nodes can tell each other that something changed, beside the store itself. */
  public static final List<String> HINTS = List.of("redis", "hazelcast");

  /**
   * Opens one of {@link #HINTS}, by the settings of the engine of that name.
   *
   * @param namespace applications of one namespace hear each other, and no others
   * @param mistakes receives wrong settings, and a library that is not there
   */
  public static Optional<ChangeHints> hints(
      String name, String namespace, PropertyLookup lookup, ConfigProblems mistakes) {
    return name.equals("redis")
        ? new RedisProvider().hints(namespace, lookup, mistakes)
        : new HazelcastProvider().hints(namespace, lookup, mistakes);
  }

  /**
   * Counters in memory; exact for every key that is not displaced by busier ones.
   *
   * @param maxKeys how many counters are kept; at least 1
   * @throws IllegalArgumentException if it is less
   */
  public static RateLimiter localLimits(long maxKeys) {
    if (maxKeys < 1) {
      throw new IllegalArgumentException("maxKeys must be at least 1");
    }
    return new LocalRateLimiter(maxKeys);
  }

  /** The engines for {@link #join} whose libraries an application may add. */
  public static List<SharedSlotsProvider> engines() {
    return List.of(new RedisProvider(), new HazelcastProvider());
  }

  /**
   * How nodes count together.
   *
   * @param namespace applications of one namespace share their counters; not empty
   * @param timeout how long a request waits for the engine; positive
   * @param maxKeys how many counters a node knows at a time; at least 1
   */
  public record Sharing(String namespace, Duration timeout, long maxKeys) {
    /**
     * Checks all parts.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public Sharing {
      if (namespace.isEmpty() || timeout.isNegative() || timeout.isZero() || maxKeys < 1) {
        throw new IllegalArgumentException("namespace, timeout and maxKeys must be given");
      }
    }
  }

  /**
   * Joins the nodes that count together through an engine.
   *
   * <p>Waits two seconds at most for the engine's first answer; without it, counts fail until it
   * comes. Closing the result closes the engine.
   *
   * @param ticker a clock of this node whose milliseconds never go back
   */
  public static ManagedCluster join(SharedSlots slots, Sharing sharing, InstantSource ticker) {
    return join(slots, sharing, ticker, "");
  }

  /**
   * The same, and a warning is logged if a node of another application is met.
   *
   * @param application tells applications apart; nodes of the same one have the same text. An empty
   *     text means that any application is welcome
   */
  public static ManagedCluster join(
      SharedSlots slots, Sharing sharing, InstantSource ticker, String application) {
    return new SharedCluster(slots, sharing, ticker, application);
  }
}
