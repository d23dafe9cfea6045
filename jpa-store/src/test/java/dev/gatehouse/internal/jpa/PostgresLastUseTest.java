package dev.gatehouse.internal.jpa;

import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ConsumerRepository;
import io.agroal.api.AgroalDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/** The last use of Credentials in PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresLastUseTest extends LastUseContract {
  private final EmbeddedPostgres server;
  private final AgroalDataSource pool;
  private final ConsumerRepository store;

  PostgresLastUseTest() throws IOException, SQLException {
    server = EmbeddedPostgres.start();
    pool = Databases.pool(server.getPort());
    store = JpaConsumerStores.on(pool).open();
  }

  @Override
  DataSource database() {
    return pool;
  }

  @Override
  ConsumerRepository store() {
    return store;
  }

  @AfterEach
  void empty() {
    Databases.run(pool, "DELETE FROM gatehouse_credentials", "DELETE FROM gatehouse_consumers");
  }

  @AfterAll
  void stop() throws IOException {
    store.close();
    pool.close();
    server.close();
  }
}
