package dev.gatehouse.internal.jpa;

import dev.gatehouse.contract.ConsumerRepositoryContract;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ConsumerRepository;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;

/** Runs the contract of stores on H2. */
final class H2StoreTest extends ConsumerRepositoryContract {
  private final JdbcDataSource database = Databases.h2();
  private final ConsumerRepository store = JpaConsumerStores.on(database).open();

  @Override
  protected ConsumerRepository store() {
    return store;
  }

  @AfterEach
  void close() {
    store.close();
    Databases.run(database, "SHUTDOWN");
  }
}
