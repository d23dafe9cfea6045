package dev.gatehouse.internal.jpa;

import static dev.gatehouse.contract.Entries.KEY_AUTH;
import static dev.gatehouse.contract.Entries.consumer;
import static dev.gatehouse.contract.Entries.keyAuth;
import static dev.gatehouse.contract.Entries.lookup;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.StoreException;
import io.agroal.api.AgroalDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A database that goes away and comes back. */
final class OutageTest {
  private static final Duration BOUND = Duration.ofSeconds(4);

  private final Path data;

  OutageTest(@TempDir Path data) {
    this.data = data;
  }

  @Test
  void store_whenDatabaseStops_failsSoonAndRecovers() throws Exception {
    EmbeddedPostgres first = server(0);
    int port = first.getPort();
    withStores(first);
    try (AgroalDataSource pool = Databases.pool(port);
        ConsumerRepository pooled = JpaConsumerStores.on(pool).open();
        ConsumerRepository plain = JpaConsumerStores.on(first.getPostgresDatabase()).open()) {
      assertNotNull(pooled.consumer("acme"));
      assertNotNull(plain.consumer("acme"));
      first.close();

      for (ConsumerRepository store : new ConsumerRepository[] {pooled, plain}) {
        fails(() -> store.consumer("acme"));
        fails(() -> store.credential(KEY_AUTH, lookup("k1")));
        fails(() -> store.put(consumer("bob")));
        fails(() -> store.remove("acme"));
      }
      fails(() -> JpaConsumerStores.on(pool).open().close());

      try (EmbeddedPostgres second = server(port)) {
        for (ConsumerRepository store : new ConsumerRepository[] {pooled, plain}) {
          assertNotNull(store.consumer("acme"), "it comes back on port " + second.getPort());
          assertNotNull(store.credential(KEY_AUTH, lookup("k1")));
          store.put(consumer("bob"));
        }
      }
    }
  }

  @Test
  void open_whenTheDriverFails_revealsNoSecret() {
    JdbcDataSource wrong = new JdbcDataSource();
    wrong.setURL("jdbc:h2:mem:x;UNKNOWN_SETTING=1;PASSWORD=topsecret");
    StoreException failure =
        assertThrows(StoreException.class, () -> JpaConsumerStores.on(wrong).open().close());

    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertFalse(trace.toString().contains("topsecret"), trace.toString());
    assertFalse(trace.toString().contains("jdbc:"), trace.toString());
    assertTrue(trace.toString().contains("SQLSTATE 90113"), trace.toString());
  }

  @Test
  void read_whenARowIsBroken_isAFailureAndNotAnAnswer() {
    DataSource database = Databases.h2();
    try (ConsumerRepository store = JpaConsumerStores.on(database).open()) {
      store.put(consumer("acme"));
      store.put("acme", keyAuth("primary", "k1"));
      for (String broken :
          new String[] {
            "UPDATE gatehouse_consumers SET plugins = '{\"limit-count\":null}'",
            "UPDATE gatehouse_consumers SET plugins = '{} x'",
            "UPDATE gatehouse_consumers SET plugins = '{}', username = 'ac me'",
          }) {
        Databases.run(database, broken);
        assertThrows(StoreException.class, () -> store.credential(KEY_AUTH, lookup("k1")), broken);
      }
      Databases.run(database, "UPDATE gatehouse_consumers SET username = 'acme'");
      assertNotNull(store.credential(KEY_AUTH, lookup("k1")));
    }
  }

  private static void fails(Executable call) {
    assertTimeout(BOUND, () -> assertThrows(StoreException.class, call));
  }

  private static void withStores(EmbeddedPostgres server) {
    try (ConsumerRepository store = JpaConsumerStores.on(server.getPostgresDatabase()).open()) {
      store.put(consumer("acme"));
      store.put("acme", keyAuth("primary", "k1"));
    }
  }

  private EmbeddedPostgres server(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        .start();
  }
}
