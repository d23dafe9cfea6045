package dev.gatehouse.internal.jpa.limit;

import dev.gatehouse.contract.SharedSlotsContract;
import dev.gatehouse.internal.jpa.MariaServer;
import dev.gatehouse.jpa.SchemaMode;
import dev.gatehouse.spi.limit.SharedSlots;
import io.agroal.api.AgroalDataSource;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** Runs the contract of shared slots on a table of MariaDB. */
@Tag("mariadb")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MariaSlotsTest extends SharedSlotsContract {
  private final AgroalDataSource pool;
  private final SharedSlots slots;

  MariaSlotsTest() throws SQLException {
    pool = MariaServer.pool();
    slots = new JdbcSlots(pool, SchemaMode.MIGRATE);
  }

  @AfterAll
  void stop() {
    pool.close();
  }

  @Override
  protected SharedSlots slots() {
    return slots;
  }
}
