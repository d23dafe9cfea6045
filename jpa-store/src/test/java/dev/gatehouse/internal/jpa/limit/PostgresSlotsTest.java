package dev.gatehouse.internal.jpa.limit;

import dev.gatehouse.contract.SharedSlotsContract;
import dev.gatehouse.internal.jpa.Databases;
import dev.gatehouse.jpa.SchemaMode;
import dev.gatehouse.spi.limit.SharedSlots;
import io.agroal.api.AgroalDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Runs the contract of shared slots on a table of PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresSlotsTest extends SharedSlotsContract {
  private final EmbeddedPostgres server;
  private final AgroalDataSource pool;
  private final SharedSlots slots;

  PostgresSlotsTest() throws IOException, SQLException {
    server = EmbeddedPostgres.start();
    pool = Databases.pool(server.getPort());
    slots = new JdbcSlots(pool, SchemaMode.MIGRATE);
  }

  @AfterAll
  void stop() throws IOException {
    pool.close();
    server.close();
  }

  @Override
  protected SharedSlots slots() {
    return slots;
  }
}
