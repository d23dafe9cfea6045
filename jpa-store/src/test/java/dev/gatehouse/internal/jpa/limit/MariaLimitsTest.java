package dev.gatehouse.internal.jpa.limit;

import dev.gatehouse.contract.RateLimiterContract;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.jpa.MariaServer;
import dev.gatehouse.jpa.SchemaMode;
import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.store.Stores;
import io.agroal.api.AgroalDataSource;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** Runs the contract of rate limiters on a table of MariaDB. */
@Tag("mariadb")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MariaLimitsTest extends RateLimiterContract {
  private final AgroalDataSource pool;
  private final ManagedCluster cluster;

  MariaLimitsTest() throws SQLException {
    pool = MariaServer.pool();
    cluster =
        Stores.join(
            new JdbcSlots(pool, SchemaMode.MIGRATE),
            new Stores.Sharing("test", Duration.ofSeconds(20), 10_000),
            new TestClock());
  }

  @AfterAll
  void stop() {
    cluster.close();
    pool.close();
  }

  @Override
  protected RateLimiter limits() {
    return cluster.limits(Cluster.Sync.EXACT);
  }
}
