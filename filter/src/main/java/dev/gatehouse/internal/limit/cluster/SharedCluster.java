package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.internal.store.DaemonThreads;
import dev.gatehouse.spi.limit.ConnectionCounter;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.SharedSlots;
import dev.gatehouse.store.Stores;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The membership of this node in a cluster with one engine.
 *
 * <p>It has a few threads for calls to the engine, one of which beats twice a second. Safe for use
 * by several threads.
 */
public final class SharedCluster implements ManagedCluster {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.limits");
  private static final int THREADS = 8;
  private static final Duration FIRST_BEAT = Duration.ofSeconds(2);

  private final SharedSlots slots;
  private final String namespace;
  private final NodeIdentity identity;
  private boolean warned;
  private final EngineHealth health = new EngineHealth(this::look);
  private final Heartbeat heartbeat;
  private final ScheduledThreadPoolExecutor engine =
      new ScheduledThreadPoolExecutor(THREADS, DaemonThreads.named("gatehouse-limits"));
  private final ScheduledThreadPoolExecutor heart =
      new ScheduledThreadPoolExecutor(1, DaemonThreads.named("gatehouse-limits"));
  private final ExactLimiter exact;
  private final LeasingLimiter leased;
  private final DelayedLimiter delayed;
  private final ClusterConnections connections;

  public SharedCluster(
      SharedSlots slots, Stores.Sharing sharing, InstantSource ticker, String application) {
    this.slots = slots;
    this.namespace = sharing.namespace();
    this.identity = new NodeIdentity(application, UUID.randomUUID());
    String nodes = new SlotNaming(namespace).ofNodes();
    heartbeat = new Heartbeat(slots, nodes, identity.number(), ticker, health);
    ClusterTransport transport = new ClusterTransport(slots, sharing, engine, health);
    exact = new ExactLimiter(transport);
    connections = new ClusterConnections(transport, heartbeat);
    leased = new LeasingLimiter(exact, transport, this::nodes, sharing.maxKeys());
    delayed = new DelayedLimiter(exact, transport, sharing.maxKeys());
    CountDownLatch first = new CountDownLatch(1);
    ScheduledFuture<?> unused =
        heart.scheduleWithFixedDelay(
            () -> beat(first), 0, Heartbeat.PACE.toMillis(), TimeUnit.MILLISECONDS);
    await(first);
  }

  /** Waits for the first beat, so that the first request finds the engine's state known. */
  private static void await(CountDownLatch first) {
    try {
      first.await(FIRST_BEAT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      heart.execute(heartbeat::beat);
    } catch (RejectedExecutionException closed) {
      LOG.log(Level.DEBUG, "the node has left", closed);
    }
  }

  private void beat(CountDownLatch first) {
    try {
      heartbeat.beat();
      warnOfStrangers();
      delayed.reportAll(heartbeat.clock().millis());
      connections.settle();
    } catch (RuntimeException e) {
      health.failed(e);
    } finally {
      if (!heartbeat.isJoining()) {
        first.countDown();
      }
    }
  }

  private void warnOfStrangers() {
    if (!warned && heartbeat.alive().stream().anyMatch(identity::isStranger)) {
      warned = true;
      LOG.log(
          Level.WARNING,
          "another application, or another version of this one, shares the counters of the"
              + " namespace {0}; set gatehouse.limits.namespace to separate them",
          namespace);
    }
  }

  @Override
  public boolean answers() {
    return !health.isDown();
  }

  @Override
  public RateLimiter limits(Sync sync) {
    return switch (sync) {
      case LEASE -> leased;
      case EXACT -> exact;
      case DELAYED -> delayed;
    };
  }

  @Override
  public ConnectionCounter connections() {
    return connections;
  }

  @Override
  public InstantSource ticker() {
    return heartbeat.clock();
  }

  @Override
  public int nodes() {
    return heartbeat.nodes();
  }

  @Override
  public void close() {
    heart.shutdownNow();
    engine.shutdownNow();
    slots.close();
  }
}
