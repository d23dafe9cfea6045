package dev.gatehouse.internal.jpa.sql;

import dev.gatehouse.internal.jpa.row.ChangeLog;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ChangeHints;
import dev.gatehouse.spi.store.LookupKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The change feed of {@link ChangeLog}. Without changes a poll reads one row.
 *
 * <p>A revision without rows was written by hand, or its rows are deleted; then everything may have
 * changed. The same applies if the mark of the last processed revision differs or is missing: the
 * database was restored, or a replica without the last writes took over. Safe for use by several
 * threads.
 */
public record JdbcFeed(JdbcCalls calls) implements ChangeFeed {
  private static final System.Logger LOG = System.getLogger(JdbcFeed.class.getName());
  private static final String REVISION =
      "SELECT revision, mark FROM gatehouse_revision WHERE id = 1";
  private static final String CHANGES =
      "SELECT revision, mark, username, plugin, lookup, group_id FROM gatehouse_changes"
          + " WHERE revision >= ? ORDER BY revision, place";

  /** A node that is further behind drops its whole cache. */
  private static final int MAX_ROWS = 10_000;

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
  public Changes since(Position position) {
    return calls.call(
        connection -> {
          Position now = present(connection);
          if (now.equals(position)) {
            return Changes.none(now);
          }
          return position.revision() < 0 || now.revision() <= position.revision()
              ? Changes.everything(now)
              : changes(connection, position, now);
        });
  }

  private static Position present(Connection connection) throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement(REVISION);
        ResultSet rows = ask.executeQuery()) {
      if (!rows.next()) {
        throw new SQLException("gatehouse_revision has no row of id 1");
      }
      return new Position(rows.getLong(1), mark(rows, 2));
    }
  }

  /** Rows of nodes of an earlier version have no mark. */
  private static String mark(ResultSet row, int column) throws SQLException {
    String mark = row.getString(column);
    return mark == null ? "" : mark;
  }

  private static Changes changes(Connection connection, Position from, Position now)
      throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement(CHANGES)) {
      ask.setLong(1, from.revision());
      ask.setMaxRows(MAX_ROWS);
      try (ResultSet rows = ask.executeQuery()) {
        Read read = new Read(from);
        while (rows.next()) {
          read.take(rows);
        }
        return read.upTo(now);
      }
    }
  }

  /** Rows in order, from the last processed revision on. Single use. */
  private static final class Read {
    private final Set<String> consumers = new HashSet<>();
    private final Set<Place> credentials = new HashSet<>();
    private final Set<String> groups = new HashSet<>();
    private final Position from;
    private Position last;
    private int taken;
    private boolean known;
    private boolean everything;

    Read(Position from) {
      this.from = from;
      this.last = from;
    }

    void take(ResultSet row) throws SQLException {
      Position at = new Position(row.getLong(1), mark(row, 2));
      everything |= at.revision() > last.revision() + 1 || ++taken == MAX_ROWS;
      if (at.revision() == from.revision()) {
        known |= at.equals(from) && !at.mark().isEmpty();
        return;
      }
      last = at;
      String username = row.getString(3);
      String plugin = row.getString(4);
      String group = row.getString(6);
      if (group != null) {
        groups.add(group);
      } else if (username != null) {
        consumers.add(username);
      } else if (plugin != null) {
        credentials.add(new Place(plugin, LookupKey.of(row.getBytes(5))));
      } else {
        everything = true;
      }
    }

    Changes upTo(Position now) {
      Position reached = last.revision() > now.revision() ? last : now;
      return everything || !known || last.revision() < now.revision()
          ? Changes.everything(reached)
          : new Changes(reached, false, consumers, credentials, groups);
    }
  }
}
