package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.contract.MemorySlots;
import dev.gatehouse.contract.RateLimiterContract;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.limit.RateLimiter;
import org.junit.jupiter.api.AfterEach;

/** Runs the contract of rate limiters on a single node. */
final class DelayedLimiterContractTest extends RateLimiterContract {
  private final ManagedCluster cluster = TestNodes.join(new MemorySlots(new TestClock()));

  @AfterEach
  void leave() {
    cluster.close();
  }

  @Override
  protected RateLimiter limits() {
    return cluster.limits(Cluster.Sync.DELAYED);
  }
}
