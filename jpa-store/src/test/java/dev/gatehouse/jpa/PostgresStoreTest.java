package dev.gatehouse.jpa;

import dev.gatehouse.contract.ConsumerStoreContract;
import dev.gatehouse.spi.ManagedStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/** The promises of every store, kept by PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresStoreTest extends ConsumerStoreContract {
  private final EmbeddedPostgres server;
  private final ManagedStore store;

  PostgresStoreTest() throws IOException {
    server = EmbeddedPostgres.start();
    store = JpaConsumerStores.on(server.getPostgresDatabase()).open();
  }

  @Override
  protected ManagedStore store() {
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
    server.close();
  }
}
