package dev.gatehouse.internal.jpa;

import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ManagedStore;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;

/** The change feed of H2. */
final class H2FeedTest extends ChangeFeedContract {
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

  @Override
  ManagedStore open() {
    return JpaConsumerStores.on(database).open();
  }

  @AfterEach
  void close() {
    store.close();
    Databases.run(database, "SHUTDOWN");
  }
}
