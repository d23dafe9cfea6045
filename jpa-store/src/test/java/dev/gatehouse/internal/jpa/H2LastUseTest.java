package dev.gatehouse.internal.jpa;

import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ConsumerRepository;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;

/** The last use of Credentials in H2. */
final class H2LastUseTest extends LastUseContract {
  private final JdbcDataSource database = Databases.h2();
  private final ConsumerRepository store = JpaConsumerStores.on(database).open();

  @Override
  DataSource database() {
    return database;
  }

  @Override
  ConsumerRepository store() {
    return store;
  }

  @AfterEach
  void close() {
    store.close();
    Databases.run(database, "SHUTDOWN");
  }
}
