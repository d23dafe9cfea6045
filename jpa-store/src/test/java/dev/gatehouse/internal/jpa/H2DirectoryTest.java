package dev.gatehouse.internal.jpa;

import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ManagedStore;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;

/** Managing Consumers in H2. */
final class H2DirectoryTest extends JndiContract {
  private final JdbcDataSource database = Databases.h2();
  private final ManagedStore store = JpaConsumerStores.on(database).open();

  @Override
  DataSource database() {
    return database;
  }

  @Override
  ManagedStore store() {
    return store;
  }

  @AfterEach
  void close() {
    store.close();
    Databases.run(database, "SHUTDOWN");
  }
}
