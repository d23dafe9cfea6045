package dev.gatehouse.internal.jpa;

import dev.gatehouse.contract.ConsumerRepositoryContract;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ConsumerRepository;
import io.agroal.api.AgroalDataSource;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** Runs the contract of stores on MariaDB. */
@Tag("mariadb")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MariaStoreTest extends ConsumerRepositoryContract {
  private final AgroalDataSource pool;
  private final ConsumerRepository store;

  MariaStoreTest() throws SQLException {
    pool = MariaServer.pool();
    store = JpaConsumerStores.on(pool).open();
  }

  @Override
  protected ConsumerRepository store() {
    return store;
  }

  @AfterEach
  void empty() {
    Databases.run(pool, "DELETE FROM gatehouse_credentials", "DELETE FROM gatehouse_consumers");
  }

  @AfterAll
  void stop() {
    store.close();
    pool.close();
  }
}
