package dev.gatehouse.jpa;

import dev.gatehouse.spi.ConsumerEntry;
import dev.gatehouse.spi.CredentialEntry;
import dev.gatehouse.spi.LookupKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Consumers behind a username with all their Credentials, as they are stored, in three statements.
 *
 * <p>They see three moments unless the connection has a transaction that sees one; whoever keeps
 * the result follows the change feed, which tells of all that changes meanwhile. They are plain SQL
 * because a million rows are read so when a node starts.
 *
 * @param parsed shares what many rows have
 */
record Pages(Parsed parsed) {
  private static final String CONSUMERS =
      "SELECT id, username, description, group_id, plugins FROM gatehouse_consumers"
          + " WHERE username > ? ORDER BY username LIMIT ?";
  private static final String LABELS =
      "SELECT consumer_id, label_name, label_value FROM gatehouse_consumer_labels"
          + " WHERE consumer_id IN (%s) ORDER BY consumer_id, label_name";
  private static final String CREDENTIALS =
      "SELECT consumer_id, credential_id, plugin, name, description, labels,"
          + " not_before, expires_at, disabled, settings, lookup FROM gatehouse_credentials"
          + " WHERE consumer_id IN (%s) ORDER BY consumer_id, credential_id";

  List<ConsumerEntry> after(Connection connection, Optional<String> after, int limit)
      throws SQLException {
    Map<Long, ConsumerRow.Columns> consumers = consumers(connection, after.orElse(""), limit);
    if (consumers.isEmpty()) {
      return List.of();
    }
    List<Long> ids = List.copyOf(consumers.keySet());
    Map<Long, Map<String, String>> labels = labels(connection, ids);
    Map<Long, List<CredentialEntry>> credentials = credentials(connection, ids);
    List<ConsumerEntry> entries = new ArrayList<>();
    consumers.forEach(
        (id, one) ->
            entries.add(
                new ConsumerEntry(
                    ConsumerRow.described(parsed, one, labels.getOrDefault(id, Map.of())),
                    credentials.getOrDefault(id, List.of()))));
    return entries;
  }

  private static Map<Long, ConsumerRow.Columns> consumers(
      Connection connection, String from, int limit) throws SQLException {
    Map<Long, ConsumerRow.Columns> found = new LinkedHashMap<>();
    try (PreparedStatement ask = connection.prepareStatement(CONSUMERS)) {
      ask.setString(1, from);
      ask.setInt(2, limit);
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          found.put(rows.getLong(1), ConsumerRow.Columns.of(rows, 1));
        }
      }
    }
    return found;
  }

  /**
   * A statement about some Consumers. There are few different texts of it, since drivers prepare
   * each of them: the last id stands there as often as it takes to make a power of two.
   */
  private static PreparedStatement about(Connection connection, String sql, List<Long> ids)
      throws SQLException {
    int places = ids.size() == 1 ? 1 : Integer.highestOneBit(ids.size() - 1) * 2;
    PreparedStatement ask =
        connection.prepareStatement(
            sql.formatted(String.join(", ", Collections.nCopies(places, "?"))));
    for (int i = 0; i < places; i++) {
      ask.setLong(i + 1, ids.get(Math.min(i, ids.size() - 1)));
    }
    return ask;
  }

  private Map<Long, Map<String, String>> labels(Connection connection, List<Long> ids)
      throws SQLException {
    Map<Long, Map<String, String>> labels = new HashMap<>();
    try (PreparedStatement ask = about(connection, LABELS, ids)) {
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          labels
              .computeIfAbsent(rows.getLong(1), id -> new LinkedHashMap<>())
              .put(parsed.word(rows.getString(2)), parsed.word(rows.getString(3)));
        }
      }
    }
    return labels;
  }

  private Map<Long, List<CredentialEntry>> credentials(Connection connection, List<Long> ids)
      throws SQLException {
    Map<Long, List<CredentialEntry>> credentials = new HashMap<>();
    try (PreparedStatement ask = about(connection, CREDENTIALS, ids)) {
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          credentials
              .computeIfAbsent(rows.getLong(1), id -> new ArrayList<>(1))
              .add(
                  new CredentialEntry(
                      CredentialColumns.of(rows, 1).toCredential(parsed),
                      LookupKey.of(rows.getBytes(11)),
                      parsed.settings(rows.getString(10))));
        }
      }
    }
    return credentials;
  }
}
