package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.contract.RateLimiterContract;
import dev.gatehouse.contract.RedisServers;
import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.limit.RateLimiter;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import redis.embedded.RedisServer;

/** Runs the contract of rate limiters on a real Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RedisLimitsContractTest extends RateLimiterContract {
  private RedisServer server;
  private ManagedCluster cluster;

  @BeforeAll
  void start() throws IOException {
    int port = RedisServers.freePort();
    server = RedisServers.start(port);
    cluster =
        TestNodes.join(RedisSlots.at(RedisURI.create("127.0.0.1", port), Duration.ofSeconds(10)));
  }

  @AfterAll
  void stop() throws IOException {
    cluster.close();
    server.stop();
  }

  @Override
  protected RateLimiter limits() {
    return cluster.limits(Cluster.Sync.EXACT);
  }
}
