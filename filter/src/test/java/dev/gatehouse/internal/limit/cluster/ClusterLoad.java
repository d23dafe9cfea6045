package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.spi.limit.SharedSlots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Nodes whose own clocks are hours apart, all under load on one counter. */
public final class ClusterLoad implements AutoCloseable {
  private static final CounterKey KEY =
      new CounterKey(new CounterOwner("consumer", "acme"), "limit-count", "all");

  private final List<ManagedCluster> nodes = new ArrayList<>();

  /**
   * Starts nodes.
   *
   * @param engine opens the engine for one of them
   */
  public ClusterLoad(int count, Supplier<SharedSlots> engine) {
    String namespace = UUID.randomUUID().toString();
    for (int i = 0; i < count; i++) {
      Duration off = Duration.ofMinutes(97L * (i - count / 2));
      nodes.add(TestNodes.join(engine.get(), namespace, InstantSource.offset(new Steady(), off)));
    }
  }

  /** A clock that never goes back. */
  private record Steady(long startMillis, long startNanos) implements InstantSource {
    Steady() {
      this(System.currentTimeMillis(), System.nanoTime());
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis());
    }

    @Override
    public long millis() {
      return startMillis + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }
  }

  /**
   * A request that was admitted.
   *
   * @param millis when, in the time that all nodes share
   * @param endMillis when its window was said to end
   */
  public record Admitted(long millis, long endMillis) {}

  /**
   * How hard each node is asked.
   *
   * @param threads of each node
   * @param pauseNanos between two questions of a thread of the first node, on average
   * @param factor how much longer the other nodes' pauses are
   */
  public record Load(int threads, long pauseNanos, int factor) {}

  ManagedCluster node(int index) {
    return nodes.get(index);
  }

  /** Waits until every node knows of every other one. */
  public ClusterLoad together() {
    while (nodes.stream().anyMatch(node -> node.nodes() != nodes.size())) {
      LockSupport.parkNanos(10_000_000);
    }
    return this;
  }

  /** Returns what all nodes admit in a while. */
  public List<Admitted> run(RateWindow window, Cluster.Sync sync, Load load, Duration lasting)
      throws Exception {
    ExecutorService pool = Executors.newCachedThreadPool();
    List<Future<List<Admitted>>> running = new ArrayList<>();
    long end = System.nanoTime() + lasting.toNanos();
    for (int i = 0; i < nodes.size(); i++) {
      ManagedCluster node = nodes.get(i);
      long pause = load.pauseNanos() * (i == 0 ? 1 : load.factor());
      for (int t = 0; t < load.threads(); t++) {
        running.add(pool.submit(() -> ask(node, window, sync, new long[] {pause, end})));
      }
    }
    List<Admitted> all = new ArrayList<>();
    for (Future<List<Admitted>> one : running) {
      all.addAll(one.get());
    }
    pool.shutdown();
    return all;
  }

  private static List<Admitted> ask(
      ManagedCluster node, RateWindow window, Cluster.Sync sync, long[] pauseAndEnd) {
    RateLimiter limits = node.limits(sync);
    List<Admitted> mine = new ArrayList<>();
    while (System.nanoTime() < pauseAndEnd[1]) {
      long now = node.ticker().millis();
      RateWindow.Result state = limits.acquire(KEY, window, now);
      if (state.admitted()) {
        mine.add(new Admitted(now, now + state.resetMillis()));
      }
      if (pauseAndEnd[0] > 0) {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1, 2 * pauseAndEnd[0]));
      }
    }
    return mine;
  }

  @Override
  public void close() {
    nodes.forEach(ManagedCluster::close);
  }
}
