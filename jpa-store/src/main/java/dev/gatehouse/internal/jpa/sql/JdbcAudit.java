package dev.gatehouse.internal.jpa.sql;

import dev.gatehouse.internal.jpa.row.StoredTime;
import dev.gatehouse.spi.event.GateEvent;
import dev.gatehouse.spi.store.AuditTrail;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The audit trail of the Admin API, in a table.
 *
 * @param calls calls on separate connections
 */
public record JdbcAudit(JdbcCalls calls) implements AuditTrail {
  private static final int MAX_SOURCE_LENGTH = 64;

  @Override
  public void add(GateEvent.Changed change) {
    String insert =
        "INSERT INTO gatehouse_audit (at, who, action, resource, status, source)"
            + " VALUES (?, ?, ?, ?, ?, ?)";
    int unused =
        calls.call(
            connection -> {
              try (PreparedStatement row = connection.prepareStatement(insert)) {
                row.setLong(1, StoredTime.micros(change.at()));
                row.setString(2, change.who());
                row.setString(3, change.action());
                row.setString(4, change.resource());
                row.setInt(5, change.status());
                row.setString(6, cut(change.source()));
                return row.executeUpdate();
              }
            });
  }

  private static String cut(String source) {
    return source.length() > MAX_SOURCE_LENGTH ? source.substring(0, MAX_SOURCE_LENGTH) : source;
  }

  @Override
  public List<Entry> latest(OptionalLong before, int limit) {
    String select =
        "SELECT entry, at, who, action, resource, status, source FROM gatehouse_audit"
            + " WHERE entry < ? ORDER BY entry DESC";
    return calls.call(
        connection -> {
          try (PreparedStatement ask = connection.prepareStatement(select)) {
            ask.setLong(1, before.orElse(Long.MAX_VALUE));
            ask.setMaxRows(limit);
            try (ResultSet rows = ask.executeQuery()) {
              List<Entry> entries = new ArrayList<>();
              while (rows.next()) {
                entries.add(entry(rows));
              }
              return entries;
            }
          }
        });
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong(1),
        new GateEvent.Changed(
            row.getString(3),
            row.getString(4),
            row.getString(5),
            row.getInt(6),
            row.getString(7),
            StoredTime.instant(row.getLong(2))));
  }
}
