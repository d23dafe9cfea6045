package dev.gatehouse.internal.jpa.limit;

import dev.gatehouse.contract.RateLimiterContract;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.jpa.Databases;
import dev.gatehouse.jpa.SchemaMode;
import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.store.Stores;
import io.agroal.api.AgroalDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Runs the contract of rate limiters on a table of PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresLimitsTest extends RateLimiterContract {
  private final EmbeddedPostgres server;
  private final AgroalDataSource pool;
  private final ManagedCluster cluster;

  PostgresLimitsTest() throws IOException, SQLException {
    server = EmbeddedPostgres.start();
    pool = Databases.pool(server.getPort());
    cluster =
        Stores.join(
            new JdbcSlots(pool, SchemaMode.MIGRATE),
            new Stores.Sharing("test", Duration.ofSeconds(20), 10_000),
            new TestClock());
  }

  @AfterAll
  void stop() throws IOException {
    cluster.close();
    pool.close();
    server.close();
  }

  @Override
  protected RateLimiter limits() {
    return cluster.limits(Cluster.Sync.EXACT);
  }
}
