package dev.gatehouse.internal.jpa.limit;

import dev.gatehouse.contract.SharedSlotsContract;
import dev.gatehouse.internal.jpa.Databases;
import dev.gatehouse.jpa.SchemaMode;
import dev.gatehouse.spi.limit.SharedSlots;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Runs the contract of shared slots on a table of H2. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class H2SlotsTest extends SharedSlotsContract {
  private final JdbcDataSource database = Databases.h2();
  private final SharedSlots slots = new JdbcSlots(database, SchemaMode.MIGRATE);

  @AfterAll
  void stop() {
    Databases.run(database, "SHUTDOWN");
  }

  @Override
  protected SharedSlots slots() {
    return slots;
  }
}
