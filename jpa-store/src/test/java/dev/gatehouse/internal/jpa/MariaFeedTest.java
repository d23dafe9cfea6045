package dev.gatehouse.internal.jpa;

import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ConsumerRepository;
import io.agroal.api.AgroalDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** The change feed of MariaDB. */
@Tag("mariadb")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MariaFeedTest extends ChangeFeedContract {

  private final AgroalDataSource pool;
  private final ConsumerRepository store;

  MariaFeedTest() throws SQLException {
    pool = MariaServer.pool();
    store = open();
  }

  @Override
  DataSource database() {
    return pool;
  }

  @Override
  ConsumerRepository store() {
    return store;
  }

  @Override
  ConsumerRepository open() {
    return JpaConsumerStores.on(pool).open();
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
