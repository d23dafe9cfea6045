package dev.gatehouse.internal.jpa;

import dev.gatehouse.contract.ConsumerStoreContract;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ManagedStore;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;

/** The promises of every store, kept by H2. */
final class H2StoreTest extends ConsumerStoreContract {
  private final JdbcDataSource database = Databases.h2();
  private final ManagedStore store = JpaConsumerStores.on(database).open();

  @Override
  protected ManagedStore store() {
    return store;
  }

  @AfterEach
  void close() {
    store.close();
    Databases.run(database, "SHUTDOWN");
  }
}
