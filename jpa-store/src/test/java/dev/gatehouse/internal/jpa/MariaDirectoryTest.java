package dev.gatehouse.internal.jpa;

import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ManagedStore;
import io.agroal.api.AgroalDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** Managing Consumers in MariaDB. */
@Tag("mariadb")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MariaDirectoryTest extends JndiContract {

  private final AgroalDataSource pool;
  private final ManagedStore store;

  MariaDirectoryTest() throws SQLException {
    pool = MariaServer.pool();
    store = JpaConsumerStores.on(pool).open();
  }

  @Override
  DataSource database() {
    return pool;
  }

  @Override
  ManagedStore store() {
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
