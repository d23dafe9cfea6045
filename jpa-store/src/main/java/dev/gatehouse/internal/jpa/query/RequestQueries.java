package dev.gatehouse.internal.jpa.query;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.internal.jpa.row.ConsumerRow;
import dev.gatehouse.internal.jpa.row.CredentialColumns;
import dev.gatehouse.internal.jpa.row.ParseCache;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.StoredCredential;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The queries of a request. Each is one statement, so that a result is never a mix of two states.
 *
 * <p>They are plain SQL, because the persistence provider takes as long for such a row as the
 * database. The timeout for a database that hangs is configured at the data source; a query timeout
 * would stay set on H2's pooled connections.
 */
public record RequestQueries(ParseCache parsed) {
  private static final String OWNER =
      "o.username, o.description, o.group_id, o.plugins, l.label_name, l.label_value";
  private static final String LABELS =
      " LEFT JOIN gatehouse_consumer_labels l ON l.consumer_id = o.id";
  private static final String CREDENTIAL =
      "SELECT c.credential_id, c.plugin, c.name, c.description, c.labels, c.not_before,"
          + " c.expires_at, c.disabled, c.settings, "
          + OWNER
          + " FROM gatehouse_credentials c JOIN gatehouse_consumers o ON o.id = c.consumer_id"
          + LABELS
          + " WHERE c.plugin = ? AND c.lookup = ?";
  private static final String CONSUMER =
      "SELECT " + OWNER + " FROM gatehouse_consumers o" + LABELS + " WHERE o.username = ?";
  private static final int OWN_COLUMNS = 9;

  @Nullable
  public StoredCredential credential(Connection connection, String plugin, LookupKey lookup)
      throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement(CREDENTIAL)) {
      ask.setString(1, plugin);
      ask.setBytes(2, lookup.bytes());
      try (ResultSet rows = ask.executeQuery()) {
        if (!rows.next()) {
          return null;
        }
        Credential credential = CredentialColumns.of(rows, 0).toCredential(parsed);
        String settings = rows.getString(OWN_COLUMNS);
        return new StoredCredential(
            credential, owner(rows, OWN_COLUMNS), parsed.settings(settings));
      }
    }
  }

  @Nullable
  public Consumer consumer(Connection connection, String username) throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement(CONSUMER)) {
      ask.setString(1, username);
      try (ResultSet rows = ask.executeQuery()) {
        return rows.next() ? owner(rows, 0) : null;
      }
    }
  }

  /** Reads one row per label, or one row without a label, from the present row on. */
  private Consumer owner(ResultSet rows, int at) throws SQLException {
    ConsumerRow.Columns columns = ConsumerRow.Columns.of(rows, at);
    Map<String, String> labels = new TreeMap<>();
    do {
      String name = rows.getString(at + 5);
      if (name != null) {
        labels.put(parsed.word(name), parsed.word(rows.getString(at + 6)));
      }
    } while (rows.next());
    return ConsumerRow.described(parsed, columns, labels);
  }
}
