package dev.gatehouse.internal.jpa;

import static dev.gatehouse.contract.Entries.KEY_AUTH;
import static dev.gatehouse.contract.Entries.consumer;
import static dev.gatehouse.contract.Entries.keyAuth;
import static dev.gatehouse.contract.Entries.lookup;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.StoreException;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store inside transactions that the application has begun. */
final class JtaCallerTest {
  private final JtaEnvironment jta;
  private final ConsumerRepository store;
  private final UserTransaction transaction;

  JtaCallerTest(@TempDir Path log) throws SQLException {
    jta = JtaEnvironment.start(log);
    store = jta.store().open();
    transaction = jta.transaction();
    Databases.run(jta.pool(), "CREATE TABLE orders (item VARCHAR(20))");
  }

  @AfterEach
  void close() throws Exception {
    if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
      transaction.rollback();
    }
    store.close();
    jta.close();
  }

  @Test
  void write_whenCallerRollsBack_isGone() throws Exception {
    transaction.begin();
    Databases.run(jta.pool(), "INSERT INTO orders VALUES ('apple')");
    store.put(consumer("acme"));
    store.put("acme", keyAuth("primary", "k1"));
    store.putAll(List.of(Entries.entry("bob", keyAuth("primary", "k2"))));
    assertEquals(Status.STATUS_ACTIVE, transaction.getStatus(), "it is still the caller's");
    transaction.rollback();

    assertNull(store.consumer("acme"));
    assertNull(store.consumer("bob"));
    assertNull(store.credential(KEY_AUTH, lookup("k1")));
    assertEquals(List.of(), Databases.ask(jta.pool(), "SELECT item FROM orders"));
  }

  @Test
  void write_whenCallerCommits_isThereWithTheCallersOwnRows() throws Exception {
    transaction.begin();
    Databases.run(jta.pool(), "INSERT INTO orders VALUES ('apple')");
    store.put(Entries.full("acme"));
    store.put("acme", keyAuth("primary", "k1"));
    transaction.commit();

    assertEquals(Entries.full("acme"), store.consumer("acme"));
    assertNotNull(store.credential(KEY_AUTH, lookup("k1")));
    assertEquals(List.of("apple"), Databases.ask(jta.pool(), "SELECT item FROM orders"));
  }

  @Test
  void read_insideTheCallersTransaction_seesItsWritesAndLeavesItAlone() throws Exception {
    transaction.begin();
    store.put(consumer("acme"));

    assertNotNull(store.consumer("acme"));
    assertNull(store.consumer("bob"));

    assertEquals(Status.STATUS_ACTIVE, transaction.getStatus());
    transaction.commit();
    assertNotNull(store.consumer("acme"));
  }

  @Test
  void read_whenItFails_leavesTheCallersTransactionUsable() throws Exception {
    store.put(consumer("acme"));
    Databases.run(jta.pool(), "UPDATE gatehouse_consumers SET plugins = 'not json'");
    transaction.begin();
    Databases.run(jta.pool(), "INSERT INTO orders VALUES ('apple')");

    assertThrows(StoreException.class, () -> store.consumer("acme"));

    assertEquals(Status.STATUS_ACTIVE, transaction.getStatus());
    transaction.commit();
    assertEquals(List.of("apple"), Databases.ask(jta.pool(), "SELECT item FROM orders"));
  }

  @Test
  void write_whenRefusedInsideTheCallersTransaction_letsItOnlyRollBack() throws Exception {
    store.putAll(List.of(Entries.entry("acme", keyAuth("a", "k1")), Entries.entry("bob")));
    transaction.begin();
    store.put(consumer("carol"));

    assertThrows(ConflictException.class, () -> store.put("bob", keyAuth("b", "k1")));

    assertEquals(Status.STATUS_MARKED_ROLLBACK, transaction.getStatus());
    transaction.rollback();
    assertNull(store.consumer("carol"));
  }

  @Test
  void write_withoutACaller_endsItsOwnTransaction() throws Exception {
    store.put(consumer("acme"));
    assertEquals(Status.STATUS_NO_TRANSACTION, transaction.getStatus());

    assertThrows(ConflictException.class, () -> store.put("nobody", keyAuth("a", "k1")));
    assertEquals(Status.STATUS_NO_TRANSACTION, transaction.getStatus());
    assertNotNull(store.consumer("acme"));
  }

  @Test
  void open_whenTheProviderDoesNotKnowTheServer_isRefused() {
    ConfigException refused =
        assertThrows(
            ConfigException.class,
            () -> JpaConsumerStores.on(jta.pool()).jta(transaction, jta.registry()).open().close());

    assertTrue(String.valueOf(refused.getMessage()).contains("gatehouse.transactions"));
  }
}
