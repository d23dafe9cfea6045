package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.contract.RedisServers;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.spi.limit.SharedSlots;
import dev.gatehouse.store.Stores;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import redis.embedded.RedisServer;

/** One counter of several nodes under load: a window that is never full, so that all is counted. */
@State(Scope.Benchmark)
public class ClusterBenchmark {
  private static final CounterKey KEY =
      new CounterKey(new CounterOwner("consumer", "acme"), "limit-count", "all");
  private static final RateWindow WINDOW = new RateWindow(1_000_000_000_000L, 3_600_000);

  /** What counts; {@code local} is this process alone. */
  @Param({"local", "redis", "hazelcast"})
  public String engine = "";

  /** The synchronisation mode. */
  @Param({"EXACT", "LEASE"})
  public Cluster.Sync sync = Cluster.Sync.EXACT;

  private @Nullable RedisServer server;
  private @Nullable HazelcastGrid grid;
  private @Nullable ManagedCluster cluster;
  private @Nullable RateLimiter limits;

  /** Starts the engine on loopback. */
  @Setup(Level.Trial)
  public void start() throws IOException {
    if (engine.equals("local")) {
      limits = Stores.localLimits(Stores.DEFAULT_KEYS);
      return;
    }
    Stores.Sharing sharing = new Stores.Sharing("bench", Duration.ofSeconds(20), 10_000);
    ManagedCluster joined = Stores.join(slots(), sharing, new TestClock());
    cluster = joined;
    limits = joined.limits(sync);
  }

  private SharedSlots slots() throws IOException {
    if (engine.equals("hazelcast")) {
      HazelcastGrid members = new HazelcastGrid(2);
      grid = members;
      return new HazelcastSlots(members.member(0));
    }
    int port = RedisServers.freePort();
    server = RedisServers.start(port);
    return RedisSlots.at(RedisURI.create("127.0.0.1", port), Duration.ofSeconds(10));
  }

  /** Stops it. */
  @TearDown(Level.Trial)
  public void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
    if (server != null) {
      server.stop();
    }
    if (grid != null) {
      grid.close();
    }
  }

  /** Decisions a second. */
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  public boolean decisions() {
    return Objects.requireNonNull(limits).acquire(KEY, WINDOW, 0).admitted();
  }

  /** Returns how long one takes. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public boolean decision() {
    return Objects.requireNonNull(limits).acquire(KEY, WINDOW, 0).admitted();
  }
}
