package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.Entries;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.ConsumerRepository.ListedCredential;
import dev.gatehouse.spi.store.CredentialUse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every database promises about the last use of Credentials. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class LastUseContract {
  /** Returns an empty store. */
  abstract ConsumerRepository store();

  /** Returns its data source. */
  abstract DataSource database();

  @Test
  void lastUse_isStoredBesideTheRecord() {
    store()
        .putAll(
            List.of(Entries.entry("acme", Entries.keyAuth("a", "k1"), Entries.keyAuth("b", "k2"))));
    ListedCredential before = store().listCredentials("acme").get(0);
    assertEquals(Optional.empty(), before.lastUsed());
    ChangeFeed.Position position =
        store().feed().orElseThrow().since(ChangeFeed.NOTHING).position();
    store()
        .recordUses(
            List.of(
                new CredentialUse("acme", "a"),
                new CredentialUse("acme", "gone"),
                new CredentialUse("nobody", "a")));
    ListedCredential used = store().listCredentials("acme").get(0);
    assertTrue(used.lastUsed().isPresent());
    assertEquals(before.stamp(), used.stamp());
    assertEquals(Optional.empty(), store().listCredentials("acme").get(1).lastUsed());
    assertEquals(position, store().feed().orElseThrow().since(ChangeFeed.NOTHING).position());
    store().put("acme", Entries.keyAuth("a", "k3"));
    assertEquals(used.lastUsed(), store().listCredentials("acme").get(0).lastUsed());
    store().putAll(List.of(Entries.entry("acme", Entries.keyAuth("a", "k4"))));
    assertEquals(used.lastUsed(), store().listCredentials("acme").get(0).lastUsed());
  }

  @Test
  void lastUse_ofALockedRow_isSkippedAndReturned() throws SQLException {
    store()
        .putAll(
            List.of(Entries.entry("acme", Entries.keyAuth("a", "k1"), Entries.keyAuth("b", "k2"))));
    CredentialUse first = new CredentialUse("acme", "a");
    List<CredentialUse> both = List.of(first, new CredentialUse("acme", "b"));
    String id =
        Databases.ask(database(), "SELECT id FROM gatehouse_credentials WHERE credential_id = 'a'")
            .get(0);
    try (Connection other = database().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.executeUpdate(
          "UPDATE gatehouse_credentials SET description = 'x' WHERE id = " + id);

      assertEquals(List.of(first), store().recordUses(both));

      other.rollback();
      other.setAutoCommit(true);
    }
    assertEquals(Optional.empty(), store().listCredentials("acme").get(0).lastUsed());
    assertTrue(store().listCredentials("acme").get(1).lastUsed().isPresent());
    assertEquals(List.of(), store().recordUses(both));
    assertTrue(store().listCredentials("acme").get(0).lastUsed().isPresent());
  }
}
