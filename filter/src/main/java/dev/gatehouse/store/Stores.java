package dev.gatehouse.store;

import dev.gatehouse.Secret;
import dev.gatehouse.internal.limit.cluster.HazelcastProvider;
import dev.gatehouse.internal.limit.cluster.RedisProvider;
import dev.gatehouse.internal.limit.cluster.SharedCluster;
import dev.gatehouse.internal.limit.window.LocalRateLimiter;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.internal.store.MemoryStore;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PropertyLookup;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.SharedSlots;
import dev.gatehouse.spi.limit.SharedSlotsProvider;
import dev.gatehouse.spi.store.ChangeHints;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.LookupKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A factory of stores, counters and clusters for filters that are built in code. */
public final class Stores {
  /** The default maximum number of counters of {@link #localLimits}. */
  public static final long DEFAULT_KEYS = 200_000;

  private Stores() {}

  /**
   * Returns an empty in-memory repository. Messages call the unique setting of every plugin {@code
   * key}.
   */
  public static ConsumerRepository memory() {
    return memory(plugin -> "key");
  }

  /**
   * Returns an empty in-memory repository.
   *
   * <p>Reads take no lock. The Admin API can read its Consumers and not change them.
   *
   * @param attributeOf returns the unique setting of a plugin's Credentials, for messages about
   *     duplicates
   */
  public static ConsumerRepository memory(Function<String, String> attributeOf) {
    return new MemoryStore(attributeOf);
  }

  /**
   * Returns the lookup key of a value that a caller presents, such as an API key or a username, for
   * a {@link dev.gatehouse.spi.store.CredentialEntry} of a filter without a master key: its
   * SHA-256.
   */
  public static LookupKey lookupKey(String value) {
    return LookupDigest.plain().of(value);
  }

  /**
   * Returns the lookup key of a value that a caller presents, for a filter with a master key: its
   * HMAC-SHA-256.
   *
   * @param masterKey the master key of the filter, at least 32 bytes of UTF-8
   * @throws dev.gatehouse.ConfigException if the master key is invalid
   */
  public static LookupKey lookupKey(String value, Secret masterKey) {
    return LookupDigest.keyed(masterKey).of(value);
  }

  /** The engines that can transport hints between nodes. */
  public static final List<String> HINTS = List.of("redis", "hazelcast");

  /**
   * Opens the hints of an engine of {@link #HINTS}, with the properties of this engine.
   *
   * @param namespace the namespace; applications of the same namespace exchange hints
   * @param mistakes receives wrong properties and missing libraries
   */
  public static Optional<ChangeHints> hints(
      String name, String namespace, PropertyLookup lookup, ConfigProblems mistakes) {
    return name.equals("redis")
        ? new RedisProvider().hints(namespace, lookup, mistakes)
        : new HazelcastProvider().hints(namespace, lookup, mistakes);
  }

  /**
   * Returns a limiter with local counters. Counts are exact for keys that are not evicted.
   *
   * @param maxKeys the maximum number of counters, at least 1
   * @throws IllegalArgumentException if the maximum is less than 1
   */
  public static RateLimiter localLimits(long maxKeys) {
    if (maxKeys < 1) {
      throw new IllegalArgumentException("maxKeys must be at least 1");
    }
    return new LocalRateLimiter(maxKeys);
  }

  /**
   * Returns the providers of engines for {@link #join}. An application must add their libraries.
   */
  public static List<SharedSlotsProvider> engines() {
    return List.of(new RedisProvider(), new HazelcastProvider());
  }

  /**
   * The configuration of a cluster.
   *
   * @param namespace the namespace; applications of the same namespace share counters; not empty
   * @param timeout the longest wait of a request for the engine; positive
   * @param maxKeys the maximum number of counters that a node knows; at least 1
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
   * Joins a cluster.
   *
   * <p>Waits at most two seconds for the first answer of the engine. Without it, calls fail until
   * it arrives. Closing the result closes the engine.
   *
   * @param ticker a monotonic clock of this node
   */
  public static ManagedCluster join(SharedSlots slots, Sharing sharing, InstantSource ticker) {
    return join(slots, sharing, ticker, "");
  }

  /**
   * Joins a cluster and logs a warning if it has a node of another application.
   *
   * @param application distinguishes applications; the nodes of an application have the same text.
   *     An empty text accepts any application
   */
  public static ManagedCluster join(
      SharedSlots slots, Sharing sharing, InstantSource ticker, String application) {
    return new SharedCluster(slots, sharing, ticker, application);
  }
}
