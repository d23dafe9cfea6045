package dev.gatehouse.internal.jpa.sql;

import dev.gatehouse.internal.jpa.row.StoredTime;
import dev.gatehouse.spi.store.CredentialUse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the times of the last use of Credentials. The version of a row does not change.
 *
 * <p>Locked rows are skipped instead of awaited.
 *
 * @param calls calls on separate connections
 * @param clock the clock of the written times
 */
public record JdbcUses(JdbcCalls calls, InstantSource clock) {
  private static final String FIND =
      "SELECT c.id FROM gatehouse_credentials c JOIN gatehouse_consumers o ON o.id = c.consumer_id"
          + " WHERE o.username = ? AND c.credential_id = ?";
  private static final String LOCK =
      "SELECT id FROM gatehouse_credentials WHERE id IN (%s) FOR UPDATE SKIP LOCKED";
  private static final String UPDATE =
      "UPDATE gatehouse_credentials SET last_used_at = ? WHERE id = ?";

  /** Writes the times. Returns the Credentials with locked rows. */
  public List<CredentialUse> write(List<CredentialUse> uses) {
    long now = StoredTime.micros(clock.instant());
    return calls.call(
        connection -> {
          Map<Long, CredentialUse> found = find(connection, uses);
          if (found.isEmpty()) {
            return List.of();
          }
          Set<Long> written = write(connection, found.keySet(), now);
          List<CredentialUse> left = new ArrayList<>();
          found.forEach(
              (id, use) -> {
                if (!written.contains(id)) {
                  left.add(use);
                }
              });
          return left;
        });
  }

  private static Map<Long, CredentialUse> find(Connection connection, List<CredentialUse> uses)
      throws SQLException {
    Map<Long, CredentialUse> found = new HashMap<>();
    try (PreparedStatement ask = connection.prepareStatement(FIND)) {
      for (CredentialUse use : uses) {
        ask.setString(1, use.username());
        ask.setString(2, use.credentialId());
        try (ResultSet rows = ask.executeQuery()) {
          if (rows.next()) {
            found.put(rows.getLong(1), use);
          }
        }
      }
    }
    return found;
  }

  /** Locks last until the end of the transaction, so these writes have their own. */
  private static Set<Long> write(Connection connection, Collection<Long> ids, long now)
      throws SQLException {
    connection.setAutoCommit(false);
    boolean done = false;
    try {
      Set<Long> free = lock(connection, ids);
      try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
        for (long id : free) {
          update.setLong(1, now);
          update.setLong(2, id);
          update.addBatch();
        }
        int unused = update.executeBatch().length;
      }
      connection.commit();
      done = true;
      return free;
    } finally {
      if (!done) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    }
  }

  private static Set<Long> lock(Connection connection, Collection<Long> ids) throws SQLException {
    String places = String.join(", ", Collections.nCopies(ids.size(), "?"));
    Set<Long> free = new HashSet<>();
    try (PreparedStatement ask = connection.prepareStatement(LOCK.formatted(places))) {
      int at = 1;
      for (long id : ids) {
        ask.setLong(at++, id);
      }
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          free.add(rows.getLong(1));
        }
      }
    }
    return free;
  }
}
