package dev.gatehouse.jpa;

import dev.gatehouse.spi.ConsumerEntry;
import dev.gatehouse.spi.CredentialEntry;
import dev.gatehouse.spi.LookupKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
      "SELECT username, description, group_id, plugins FROM gatehouse_consumers"
          + " WHERE username > ? ORDER BY username LIMIT ?";
  private static final String WITHIN =
      " JOIN gatehouse_consumers o ON o.id = x.consumer_id"
          + " WHERE o.username > ? AND o.username <= ?";
  private static final String LABELS =
      "SELECT o.username, x.label_name, x.label_value FROM gatehouse_consumer_labels x"
          + WITHIN
          + " ORDER BY o.username, x.label_name";
  private static final String CREDENTIALS =
      "SELECT o.username, x.credential_id, x.plugin, x.name, x.description, x.labels,"
          + " x.not_before, x.expires_at, x.disabled, x.settings, x.lookup"
          + " FROM gatehouse_credentials x"
          + WITHIN
          + " ORDER BY o.username, x.credential_id";

  List<ConsumerEntry> after(Connection connection, Optional<String> after, int limit)
      throws SQLException {
    String from = after.orElse("");
    List<ConsumerRow.Columns> consumers = consumers(connection, from, limit);
    if (consumers.isEmpty()) {
      return List.of();
    }
    String to = consumers.get(consumers.size() - 1).username();
    Map<String, Map<String, String>> labels = labels(connection, from, to);
    Map<String, List<CredentialEntry>> credentials = credentials(connection, from, to);
    List<ConsumerEntry> entries = new ArrayList<>();
    for (ConsumerRow.Columns one : consumers) {
      entries.add(
          new ConsumerEntry(
              ConsumerRow.described(parsed, one, labels.getOrDefault(one.username(), Map.of())),
              credentials.getOrDefault(one.username(), List.of())));
    }
    return entries;
  }

  private static List<ConsumerRow.Columns> consumers(Connection connection, String from, int limit)
      throws SQLException {
    List<ConsumerRow.Columns> found = new ArrayList<>();
    try (PreparedStatement ask = connection.prepareStatement(CONSUMERS)) {
      ask.setString(1, from);
      ask.setInt(2, limit);
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          found.add(ConsumerRow.Columns.of(rows, 0));
        }
      }
    }
    return found;
  }

  private Map<String, Map<String, String>> labels(Connection connection, String from, String to)
      throws SQLException {
    Map<String, Map<String, String>> labels = new HashMap<>();
    try (PreparedStatement ask = connection.prepareStatement(LABELS)) {
      ask.setString(1, from);
      ask.setString(2, to);
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          labels
              .computeIfAbsent(rows.getString(1), name -> new LinkedHashMap<>())
              .put(parsed.word(rows.getString(2)), parsed.word(rows.getString(3)));
        }
      }
    }
    return labels;
  }

  private Map<String, List<CredentialEntry>> credentials(
      Connection connection, String from, String to) throws SQLException {
    Map<String, List<CredentialEntry>> credentials = new HashMap<>();
    try (PreparedStatement ask = connection.prepareStatement(CREDENTIALS)) {
      ask.setString(1, from);
      ask.setString(2, to);
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          credentials
              .computeIfAbsent(rows.getString(1), name -> new ArrayList<>(1))
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
