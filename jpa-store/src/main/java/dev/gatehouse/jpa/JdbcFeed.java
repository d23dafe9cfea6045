package dev.gatehouse.jpa;

import dev.gatehouse.spi.ChangeFeed;
import dev.gatehouse.spi.ChangeHints;
import dev.gatehouse.spi.LookupKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what {@link Changed} wrote: one row when nothing has changed.
 *
 * <p>A revision without rows was written by hand, or its rows are swept; then everything may have
 * changed. Safe for use by several threads.
 */
record JdbcFeed(JdbcCalls calls) implements ChangeFeed {
  private static final System.Logger LOG = System.getLogger(JdbcFeed.class.getName());
  private static final String REVISION = "SELECT revision FROM gatehouse_revision WHERE id = 1";
  private static final String CHANGES =
      "SELECT revision, username, plugin, lookup, group_id FROM gatehouse_changes WHERE revision > ?"
          + " ORDER BY revision, place";

  /** Whoever is further behind forgets everything. */
  private static final int MOST_ROWS = 10_000;

  @Override
  public Optional<ChangeHints> hints() {
    Optional<ChangeHints> given =
        calls.call(connection -> PostgresHints.through(connection, calls.dataSource()));
    if (given.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "gatehouse.store.hints: only PostgreSQL notifies; changes are seen by polling");
    }
    return given;
  }

  @Override
  public Changes since(long heeded) {
    return calls.call(
        connection -> {
          long now = revision(connection);
          if (now == heeded) {
            return Changes.none(now);
          }
          return heeded < 0 || now < heeded
              ? Changes.everything(now)
              : changes(connection, heeded, now);
        });
  }

  private static long revision(Connection connection) throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement(REVISION);
        ResultSet rows = ask.executeQuery()) {
      if (!rows.next()) {
        throw new SQLException("gatehouse_revision has no row of id 1");
      }
      return rows.getLong(1);
    }
  }

  private static Changes changes(Connection connection, long heeded, long now) throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement(CHANGES)) {
      ask.setLong(1, heeded);
      ask.setMaxRows(MOST_ROWS);
      try (ResultSet rows = ask.executeQuery()) {
        Read read = new Read(heeded);
        while (rows.next()) {
          read.take(rows);
        }
        return read.upTo(now);
      }
    }
  }

  /** Rows in their order; used once. */
  private static final class Read {
    private final Set<String> consumers = new HashSet<>();
    private final Set<Place> credentials = new HashSet<>();
    private final Set<String> groups = new HashSet<>();
    private long last;
    private int taken;
    private boolean everything;

    Read(long heeded) {
      last = heeded;
    }

    void take(ResultSet row) throws SQLException {
      long revision = row.getLong(1);
      everything |= revision > last + 1 || ++taken == MOST_ROWS;
      last = revision;
      String username = row.getString(2);
      String plugin = row.getString(3);
      String group = row.getString(5);
      if (group != null) {
        groups.add(group);
      } else if (username != null) {
        consumers.add(username);
      } else if (plugin != null) {
        credentials.add(new Place(plugin, LookupKey.of(row.getBytes(4))));
      } else {
        everything = true;
      }
    }

    Changes upTo(long now) {
      return everything || last < now
          ? Changes.everything(Math.max(last, now))
          : new Changes(last, false, consumers, credentials, groups);
    }
  }
}
