package dev.gatehouse.internal.jpa.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.Entries;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.jpa.Databases;
import dev.gatehouse.internal.jpa.EntityManagers;
import dev.gatehouse.internal.jpa.MariaServer;
import dev.gatehouse.internal.jpa.row.ChangeLog;
import dev.gatehouse.internal.jpa.sql.LocalTransactions;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ChangeFeed.Changes;
import dev.gatehouse.spi.store.ChangeFeed.Place;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.Precondition;
import io.agroal.api.AgroalDataSource;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Writes inside a transaction that has read before: MariaDB shows it an old snapshot. */
@Tag("mariadb")
final class MariaSnapshotTest {
  private static final Place LATE = new Place(Entries.KEY_AUTH, Entries.lookup("late"));

  private final TestClock clock = new TestClock();
  private final ConsumerRows rows = new ConsumerRows(plugin -> "key", clock);

  @Test
  void remove_ofAConsumer_reportsACredentialThatIsYoungerThanTheSnapshot() throws SQLException {
    isReported(write -> assertTrue(rows.remove(write, "acme")));
  }

  @Test
  void remove_ofACredential_findsOneThatIsYoungerThanTheSnapshot() throws SQLException {
    isReported(write -> assertTrue(rows.remove(write, "acme", "late")));
  }

  @Test
  void putAll_reportsACredentialThatIsYoungerThanTheSnapshot() throws SQLException {
    BulkRows bulk = new BulkRows(plugin -> "key", clock);
    isReported(write -> bulk.putAll(write, List.of(Entries.entry("acme"))));
  }

  private void isReported(Consumer<WriteTransaction> work) throws SQLException {
    try (AgroalDataSource pool = MariaServer.pool();
        ConsumerRepository store = JpaConsumerStores.on(pool).open()) {
      store.put(Entries.consumer("acme"));
      LocalTransactions transactions =
          new LocalTransactions(EntityManagers.open(pool, false, Map.of()));
      ChangeFeed feed = store.feed().orElseThrow();
      Changes[] before = new Changes[1];
      boolean done =
          transactions.write(
              em -> {
                readSomething(em);
                store.put("acme", Entries.keyAuth("late", "late"));
                before[0] = feed.since(ChangeFeed.NOTHING);
                return new WriteTransaction(em, new ChangeLog(), Precondition.none())
                    .run(
                        write -> {
                          work.accept(write);
                          return true;
                        },
                        clock);
              });
      assertTrue(done);
      Changes found = feed.since(before[0].position());
      assertFalse(found.everything());
      assertEquals(Set.of(LATE), found.credentials());
      assertEquals(List.of("0"), Databases.ask(pool, "SELECT COUNT(*) FROM gatehouse_credentials"));
      transactions.unit().close();
    }
  }

  /** On the connection of the transaction, as a caller does. */
  private static void readSomething(EntityManager em) {
    try (Statement statement = em.unwrap(Connection.class).createStatement()) {
      boolean unused = statement.execute("SELECT COUNT(*) FROM gatehouse_credentials");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
