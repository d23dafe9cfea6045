package dev.gatehouse.internal.jpa.limit;

import dev.gatehouse.contract.RateLimiterContract;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.jpa.Databases;
import dev.gatehouse.jpa.SchemaMode;
import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.store.Stores;
import java.time.Duration;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Runs the contract of rate limiters on a table of H2. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class H2LimitsTest extends RateLimiterContract {
  private final JdbcDataSource database = Databases.h2();
  private final ManagedCluster cluster =
      Stores.join(
          new JdbcSlots(database, SchemaMode.MIGRATE),
          new Stores.Sharing("test", Duration.ofSeconds(20), 10_000),
          new TestClock());

  @AfterAll
  void stop() {
    cluster.close();
    Databases.run(database, "SHUTDOWN");
  }

  @Override
  protected RateLimiter limits() {
    return cluster.limits(Cluster.Sync.EXACT);
  }
}
