package dev.gatehouse.internal.jpa.query;

import dev.gatehouse.internal.jpa.row.ConsumerRow;
import dev.gatehouse.internal.jpa.row.CredentialColumns;
import dev.gatehouse.internal.jpa.row.ParseCache;
import dev.gatehouse.internal.jpa.row.SecretFields;
import dev.gatehouse.spi.store.ChangeFeed.Place;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Consumers after a username with all their stored Credentials, by three statements.
 *
 * <p>The statements may see three different states unless the connection has a suitable
 * transaction; a cache of the result must follow the change feed. They are plain SQL, because a
 * node may read a million rows at its start.
 *
 * @param parsed the cache of parsed columns
 */
public record ExportQuery(ParseCache parsed) {
  private static final System.Logger LOG = System.getLogger(ExportQuery.class.getName());
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

  /**
   * The result of a query.
   *
   * @param unreadable the places of Credentials whose row, or whose Consumer's row, is damaged
   * @param last the last username; empty if there is none
   * @param count the number of all Consumers, readable or not
   */
  public record Found(
      List<ConsumerEntry> entries, Set<Place> unreadable, Optional<String> last, int count) {
    /** Returns the result with decrypted secrets. */
    public ConsumerRepository.Page opened(SecretFields vault, int limit) {
      Set<Place> closed = new HashSet<>(unreadable);
      List<ConsumerEntry> open = new ArrayList<>();
      for (ConsumerEntry entry : entries) {
        attempt(() -> vault.opened(entry.consumer()))
            .ifPresentOrElse(
                owner -> open.add(new ConsumerEntry(owner, opened(vault, entry, closed))),
                () -> entry.credentials().forEach(one -> closed.add(place(one))));
      }
      return new ConsumerRepository.Page(open, closed, last, count == limit);
    }

    private static List<CredentialEntry> opened(
        SecretFields vault, ConsumerEntry entry, Set<Place> closed) {
      List<CredentialEntry> open = new ArrayList<>();
      for (CredentialEntry one : entry.credentials()) {
        attempt(() -> vault.opened(entry.consumer().username(), one))
            .ifPresentOrElse(open::add, () -> closed.add(place(one)));
      }
      return open;
    }
  }

  private static Place place(CredentialEntry one) {
    return new Place(one.credential().plugin(), one.lookup());
  }

  /**
   * Returns the result of a read, or empty if a secret cannot be decrypted or a column is damaged.
   */
  private static <T> Optional<T> attempt(Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (IllegalStateException | IllegalArgumentException e) {
      LOG.log(System.Logger.Level.DEBUG, "a record cannot be read", e);
      return Optional.empty();
    }
  }

  /**
   * Returns the stored Consumers.
   *
   * @throws IllegalStateException if a row is damaged
   */
  public List<ConsumerEntry> after(Connection connection, Optional<String> after, int limit)
      throws SQLException {
    Found page = readable(connection, after, limit);
    if (page.entries().size() < page.count() || !page.unreadable().isEmpty()) {
      throw new IllegalStateException("a row is damaged");
    }
    return page.entries();
  }

  /** Returns the Consumers without unreadable ones. */
  public Found readable(Connection connection, Optional<String> after, int limit)
      throws SQLException {
    Map<Long, ConsumerRow.Columns> consumers = consumers(connection, after.orElse(""), limit);
    if (consumers.isEmpty()) {
      return new Found(List.of(), Set.of(), after, 0);
    }
    List<Long> ids = List.copyOf(consumers.keySet());
    Map<Long, Map<String, String>> labels = labels(connection, ids);
    Set<Place> unreadable = new HashSet<>();
    Map<Long, List<CredentialEntry>> credentials = credentials(connection, ids, unreadable);
    List<ConsumerEntry> entries = new ArrayList<>();
    consumers.forEach(
        (id, one) -> {
          List<CredentialEntry> own = credentials.getOrDefault(id, List.of());
          attempt(() -> ConsumerRow.described(parsed, one, labels.getOrDefault(id, Map.of())))
              .ifPresentOrElse(
                  owner -> entries.add(new ConsumerEntry(owner, own)),
                  () -> own.forEach(each -> unreadable.add(place(each))));
        });
    String last = "";
    for (ConsumerRow.Columns one : consumers.values()) {
      last = one.username();
    }
    return new Found(entries, unreadable, Optional.of(last), consumers.size());
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
   * Returns a statement about some Consumers. The last id is repeated up to a power of two, so that
   * drivers prepare few different texts.
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

  private Map<Long, List<CredentialEntry>> credentials(
      Connection connection, List<Long> ids, Set<Place> unreadable) throws SQLException {
    Map<Long, List<CredentialEntry>> credentials = new HashMap<>();
    try (PreparedStatement ask = about(connection, CREDENTIALS, ids)) {
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          List<CredentialEntry> own =
              credentials.computeIfAbsent(rows.getLong(1), id -> new ArrayList<>(1));
          CredentialColumns columns = CredentialColumns.of(rows, 1);
          LookupKey lookup = LookupKey.of(rows.getBytes(11));
          String settings = rows.getString(10);
          attempt(
                  () ->
                      new CredentialEntry(
                          columns.toCredential(parsed), lookup, parsed.settings(settings)))
              .ifPresentOrElse(own::add, () -> unreadable.add(new Place(columns.plugin(), lookup)));
        }
      }
    }
    return credentials;
  }
}
