package dev.gatehouse.internal.limit;

import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.limit.ConnectionCounter;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.LeakyBucketLimit;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.spi.plugin.Permit;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.store.StoreException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a limit is counted, and what happens when it cannot be: the settings {@code policy}, {@code
 * sync}, {@code sync_interval}, {@code on_store_failure} and {@code allow_degradation}.
 *
 * <p>Safe for use by several threads.
 */
final class LimitCounters {
  private static final String CLUSTER = "cluster";
  private static final String BACKEND = "gatehouse.limits.backend";

  /** The reference's names for what is one word here, because the engine is configured once. */
  private static final List<String> REDIS = List.of("redis", "redis-cluster", "redis-sentinel");

  private static final List<String> POLICIES =
      List.of("local", CLUSTER, "redis", "redis-cluster", "redis-sentinel");

  private static final List<String> ENGINE_SETTINGS =
      List.of(
          "redis_host",
          "redis_port",
          "redis_username",
          "redis_password",
          "redis_database",
          "redis_timeout",
          "redis_ssl",
          "redis_ssl_verify",
          "redis_keepalive_timeout",
          "redis_keepalive_pool",
          "redis_cluster_nodes",
          "redis_cluster_name",
          "redis_cluster_ssl",
          "redis_cluster_ssl_verify",
          "redis_sentinels",
          "redis_master_name",
          "redis_role",
          "redis_connect_timeout",
          "redis_read_timeout",
          "sentinel_username",
          "sentinel_password",
          "key_ttl");

  /** Not used here, so no store and no answer gets them. */
  private static final Set<String> PASSWORDS = Set.of("redis_password", "sentinel_password");

  private static final String INTERVAL = "sync_interval";
  private static final long THOUSAND = 1_000;
  private static final long OFF = -THOUSAND;
  private static final long MIN_INTERVAL = 100;
  private static final long MAX_INTERVAL = 1_000_000_000_000L;

  /** What happens to a request that cannot be counted with those of the other nodes. */
  private enum OnFailure {
    DENY,
    ALLOW,
    LOCAL
  }

  private final RateLimiter limits;
  private final InstantSource ticker;
  private final InstantSource wall;
  private final OnFailure onFailure;
  private final Optional<Cluster> cluster;
  private final PluginServices parts;
  private final long interval;

  /**
   * How the nodes count together.
   *
   * @param cluster empty when this one counts by itself
   * @param interval in thousandths of a second, or {@link #OFF}
   */
  private record Mode(Optional<Cluster> cluster, Cluster.Sync sync, long interval) {}

  private LimitCounters(PluginServices parts, Mode mode, OnFailure onFailure) {
    this.parts = parts;
    this.cluster = mode.cluster();
    this.interval = mode.interval();
    this.onFailure = onFailure;
    this.limits = cluster.map(nodes -> nodes.limits(mode.sync())).orElseGet(parts::limits);
    this.ticker = cluster.map(Cluster::ticker).orElseGet(parts::ticker);
    this.wall = cluster.map(Cluster::ticker).orElseGet(parts::clock);
  }

  /** Reads the settings; a limit whose settings are wrong counts on this node. */
  static LimitCounters read(SettingsReader settings, PluginServices parts) {
    String policy = settings.choice("policy", POLICIES, "local");
    engine(settings, REDIS.contains(policy) && parts.cluster().isPresent());
    boolean alone = policy.equals("local");
    long interval = interval(settings);
    Cluster.Sync sync = sync(settings, alone, interval != OFF);
    OnFailure onFailure = onFailure(settings, alone);
    if (!alone && parts.cluster().isEmpty()) {
      String engine = REDIS.contains(policy) ? "gatehouse.limits.backend=redis" : BACKEND;
      settings.report("policy", '"' + policy + "\" needs " + engine);
    }
    return new LimitCounters(
        parts, new Mode(alone ? Optional.empty() : parts.cluster(), sync, interval), onFailure);
  }

  /**
   * A file of the reference names its engine in every plugin; that is taken, and not used, where
   * one is configured.
   */
  private static void engine(SettingsReader settings, boolean known) {
    for (String name : ENGINE_SETTINGS) {
      if (!known || !settings.has(name)) {
        settings.refuse(name, "is said once for all limits: gatehouse.limits.redis.uri");
      } else if (PASSWORDS.contains(name)) {
        settings.drop(name);
      }
    }
  }

  private static Cluster.Sync sync(SettingsReader settings, boolean alone, boolean delayed) {
    String word = settings.choice("sync", List.of("lease", "exact", "delayed"), "lease");
    for (String name : List.of("sync", INTERVAL)) {
      if (alone && settings.has(name)) {
        settings.report(name, "is for a policy other than local");
      }
    }
    if (delayed && settings.has("sync") && !word.equals("delayed")) {
      settings.report(INTERVAL, "is for sync delayed; sync is " + word);
    }
    return delayed ? Cluster.Sync.DELAYED : Cluster.Sync.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** In thousandths of a second; the reference has -1 for off. */
  private static long interval(SettingsReader settings) {
    if (!settings.has(INTERVAL)) {
      return OFF;
    }
    long thousandths = settings.thousandths(INTERVAL, OFF, MAX_INTERVAL);
    if (thousandths != OFF && thousandths < MIN_INTERVAL) {
      settings.report(INTERVAL, "sync_interval should not be smaller than 0.1");
    }
    return thousandths;
  }

  /** Reports an interval of the reference that is not shorter than a window. */
  void checkInterval(SettingsReader settings, List<CountRule> rules) {
    boolean longer =
        rules.stream()
            .map(CountRule::seconds)
            .filter(seconds -> seconds.variable() == null)
            .anyMatch(seconds -> interval >= seconds.fixed() * THOUSAND);
    if (longer && interval != OFF) {
      settings.report(INTERVAL, "sync_interval should be smaller than time_window");
    }
  }

  private static OnFailure onFailure(SettingsReader settings, boolean alone) {
    String name = "on_store_failure";
    boolean degrades = settings.flag("allow_degradation", false);
    String word = settings.choice(name, List.of("deny", "allow", "local"), "deny");
    if (settings.has(name) && alone) {
      settings.report(name, "is for a policy other than local");
    }
    if (settings.has(name) && degrades && !word.equals("allow")) {
      settings.report(name, word + " contradicts allow_degradation");
    }
    return degrades ? OnFailure.ALLOW : OnFailure.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /**
   * Counts one request.
   *
   * @throws StoreException if it cannot be counted
   */
  RateWindow.Result acquire(CounterKey key, RateWindow window) {
    boolean byWall = window.kind() == RateWindow.Kind.ALIGNED;
    try {
      return limits.acquire(key, window, (byWall ? wall : ticker).millis());
    } catch (StoreException notCounted) {
      if (onFailure != OnFailure.LOCAL) {
        throw notCounted;
      }
      RateWindow share = new RateWindow(share(window.limit(), 1), window.millis(), window.kind());
      return parts.limits().acquire(key, share, (byWall ? parts.clock() : parts.ticker()).millis());
    }
  }

  /**
   * Returns the counter of one key, for a limit that uses the key again and again.
   *
   * @param kind the kind of all windows with which it is counted
   */
  KeyCounter counter(CounterKey key, RateWindow.Kind kind) {
    if (cluster.isPresent()) {
      return window -> acquire(key, window);
    }
    RateLimiter.KeyCounter counter = limits.counter(key, kind);
    InstantSource clock = kind == RateWindow.Kind.ALIGNED ? wall : ticker;
    return window -> counter.acquire(window, clock.millis());
  }

  /** The counter of one key; safe for use by several threads. */
  interface KeyCounter {
    /**
     * Counts one request.
     *
     * @throws StoreException if it cannot be counted
     */
    RateWindow.Result acquire(RateWindow window);
  }

  /**
   * Lets a request into a leaky bucket.
   *
   * @throws StoreException if it cannot be counted
   */
  LeakyBucketLimit.Result acquire(CounterKey key, LeakyBucketLimit bucket) {
    try {
      return limits.acquire(key, bucket, ticker.millis());
    } catch (StoreException notCounted) {
      if (onFailure != OnFailure.LOCAL) {
        throw notCounted;
      }
      LeakyBucketLimit share =
          new LeakyBucketLimit(share(bucket.rate(), 1), share(bucket.burst(), 0));
      return parts.limits().acquire(key, share, parts.ticker().millis());
    }
  }

  /**
   * A request that runs.
   *
   * @param running how many run with it, or 0 when it was one too many
   * @param permit is given back when it is over
   */
  record Entry(long running, Permit permit) {}

  /**
   * Counts a request that begins to run.
   *
   * @param own counts those of this node
   * @throws StoreException if it cannot be counted
   */
  Entry enter(CounterKey key, long most, ConnectionCounter own) {
    ConnectionCounter shared = cluster.map(Cluster::connections).orElse(own);
    try {
      return new Entry(shared.enter(key, most), () -> shared.leave(key));
    } catch (StoreException notCounted) {
      if (onFailure != OnFailure.LOCAL) {
        throw notCounted;
      }
      return new Entry(own.enter(key, share(most, 1)), () -> own.leave(key));
    }
  }

  /** Whether a request that cannot be counted passes. */
  boolean passUncounted() {
    return onFailure == OnFailure.ALLOW;
  }

  /** What this node may admit by itself. */
  private long share(long all, long least) {
    return Math.max(least, all / cluster.map(Cluster::nodes).orElse(1));
  }
}
