package dev.gatehouse.internal.jpa;

import dev.gatehouse.contract.ConsumerRepositoryContract;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ConsumerRepository;
import io.agroal.api.AgroalDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/** Runs the contract of stores on PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresStoreTest extends ConsumerRepositoryContract {
  private final EmbeddedPostgres server;
  private final AgroalDataSource pool;
  private final ConsumerRepository store;

  PostgresStoreTest() throws IOException, SQLException {
    server = EmbeddedPostgres.start();
    pool = Databases.pool(server.getPort());
    store = JpaConsumerStores.on(pool).open();
  }

  @Override
  protected ConsumerRepository store() {
    return store;
  }

  @AfterEach
  void empty() {
    Databases.run(
        server.getPostgresDatabase(),
        "TRUNCATE gatehouse_consumers, gatehouse_credentials CASCADE");
  }

  @AfterAll
  void stop() throws IOException {
    store.close();
    pool.close();
    server.close();
  }
}
