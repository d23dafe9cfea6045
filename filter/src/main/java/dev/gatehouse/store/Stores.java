package dev.gatehouse.store;

import dev.gatehouse.internal.limit.cluster.HazelcastProvider;
import dev.gatehouse.internal.limit.cluster.ManagedCluster;
import dev.gatehouse.internal.limit.cluster.RedisProvider;
import dev.gatehouse.internal.limit.cluster.SharedCluster;
import dev.gatehouse.internal.limit.window.LocalRateLimiter;
import dev.gatehouse.internal.store.MemoryStore;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PropertyLookup;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.SharedSlots;
import dev.gatehouse.spi.limit.SharedSlotsProvider;
import dev.gatehouse.spi.store.ChangeHints;
import dev.gatehouse.spi.store.ConsumerRepository;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The catalogue of stores and counters for filters that are configured in code. */
public final class Stores {
  /** How many counters {@link #localLimits} keeps by default. */
  public static final long DEFAULT_KEYS = 200_000;

  private Stores() {}

  /**
   * Returns an empty repository in memory that calls the unique setting of every plugin {@code
   * key}.
   */
  public static ConsumerRepository memory() {
    return memory(plugin -> "key");
  }

  /**
   * Returns an empty repository in memory.
   *
   * <p>A read is one look into a hash table, takes no lock and allocates nothing. The Admin API
   * shows its Consumers and does not change them.
   *
   * @param attributeOf the setting that must be unique among the Credentials of a plugin, by the
   *     plugin's name; it is named when a duplicate is refused
   */
  public static ConsumerRepository memory(Function<String, String> attributeOf) {
    return new MemoryStore(attributeOf);
  }

  /** The engines that can carry hints between nodes, beside the store itself. */
  public static final List<String> HINTS = List.of("redis", "hazelcast");

  /**
   * Opens one of {@link #HINTS} by the properties of the engine of that name.
   *
   * @param namespace only applications of one namespace receive each other's hints
   * @param mistakes receives wrong properties, and a library that is missing
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
