package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.contract.RateLimiterContract;
import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.limit.RateLimiter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Runs the contract of rate limiters on a real Hazelcast. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HazelcastLimitsContractTest extends RateLimiterContract {
  private final HazelcastGrid grid = new HazelcastGrid(2);
  private final ManagedCluster cluster = TestNodes.join(new HazelcastSlots(grid.member(1)));

  @AfterAll
  void stop() {
    cluster.close();
    grid.close();
  }

  @Override
  protected RateLimiter limits() {
    return cluster.limits(Cluster.Sync.EXACT);
  }
}
