package dev.gatehouse.internal.jpa;

import dev.gatehouse.Secret;
import dev.gatehouse.contract.CredentialLifeContract;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ConsumerRepository;
import io.agroal.api.AgroalDataSource;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** The life of Credentials over MariaDB. */
@Tag("mariadb")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MariaLifeTest extends CredentialLifeContract {
  private final AgroalDataSource pool;
  private final ConsumerRepository store;

  MariaLifeTest() throws SQLException {
    pool = MariaServer.pool();
    store =
        JpaConsumerStores.on(pool).masterKey(Secret.of("a master key of at least 32 bytes")).open();
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
