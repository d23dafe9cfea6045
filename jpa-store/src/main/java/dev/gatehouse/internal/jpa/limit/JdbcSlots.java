package dev.gatehouse.internal.jpa.limit;

import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.jpa.schema.Schema;
import dev.gatehouse.internal.jpa.sql.Database;
import dev.gatehouse.internal.jpa.sql.JdbcCalls;
import dev.gatehouse.internal.jpa.sql.SqlErrors;
import dev.gatehouse.jpa.SchemaMode;
import dev.gatehouse.spi.limit.SharedSlots;
import dev.gatehouse.spi.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Slots in a table. Each call is one statement with its own commit.
 *
 * <p>Methods must be called on threads without a transaction of the application. Expired slots are
 * still read, because counters check their own times, and are deleted from time to time. Safe for
 * use by several threads.
 */
final class JdbcSlots implements SharedSlots {
  private static final String READ = "SELECT slot FROM gatehouse_slots WHERE name = ?";

  /** Interval of deletions in calls, at about two calls a second. */
  private static final int SWEEP_EVERY = 120;

  private final DataSource dataSource;
  private final SchemaMode mode;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile @Nullable Statements statements;

  JdbcSlots(DataSource dataSource, SchemaMode mode) {
    this.dataSource = dataSource;
    this.mode = mode;
  }

  /** One statement. */
  private interface Work<T> {
    T run(Connection connection, Statements statements) throws SQLException;
  }

  /** The statements for one kind of database. */
  private record Statements(String replace, String put, String time, String sweep) {
    static Statements of(Database database) {
      String now = database.now();
      return new Statements(
          "UPDATE gatehouse_slots SET slot = ?, expires_at = ? + %s WHERE name = ? AND slot = ?"
              .formatted(now),
          database.putSlot(),
          "SELECT " + now,
          "DELETE FROM gatehouse_slots WHERE expires_at < " + now);
    }
  }

  /**
   * Creates the table if necessary.
   *
   * @throws ConfigException if the kind of database is unknown, or the table has another form
   * @throws StoreException if the database does not answer
   */
  void prepare() {
    try {
      prepared();
    } catch (SQLException e) {
      throw SqlErrors.toStoreException(new IllegalStateException(e));
    }
  }

  private Statements prepared() throws SQLException {
    Statements known = statements;
    return known == null ? preparedOnce() : known;
  }

  private synchronized Statements preparedOnce() throws SQLException {
    Statements known = statements;
    if (known == null) {
      Schema.prepare(dataSource, mode, Schema.Tables.LIMITS);
      known = Statements.of(Database.behind(dataSource, "gatehouse.limits.data-source", ""));
      statements = known;
    }
    return known;
  }

  @Override
  public byte @Nullable [] read(String name) {
    return run((connection, known) -> new Replaced(false, read(connection, name))).present();
  }

  private static byte @Nullable [] read(Connection connection, String name) throws SQLException {
    try (PreparedStatement read = connection.prepareStatement(READ)) {
      read.setString(1, name);
      try (ResultSet rows = read.executeQuery()) {
        return rows.next() ? rows.getBytes(1) : null;
      }
    }
  }

  @Override
  public Replaced replace(String name, byte @Nullable [] before, byte[] after, Duration keep) {
    return run(
        (connection, known) -> {
          Change change = new Change(name, after, keep.toMillis());
          boolean done =
              before == null
                  ? put(connection, known.put(), change)
                  : replaced(connection, known.replace(), change, before);
          return done ? DONE : new Replaced(false, read(connection, name));
        });
  }

  /** A new value; a class, because records must not contain arrays. */
  private static final class Change {
    private final String name;
    private final byte[] value;
    private final long keepMillis;

    Change(String name, byte[] value, long keepMillis) {
      this.name = name;
      this.value = value;
      this.keepMillis = keepMillis;
    }
  }

  private static boolean replaced(Connection connection, String sql, Change change, byte[] before)
      throws SQLException {
    try (PreparedStatement replace = connection.prepareStatement(sql)) {
      replace.setBytes(1, change.value);
      replace.setLong(2, change.keepMillis);
      replace.setString(3, change.name);
      replace.setBytes(4, before);
      return replace.executeUpdate() == 1;
    }
  }

  /** Of two concurrent inserts one fails with a duplicate key. */
  private static boolean put(Connection connection, String sql, Change change) throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(sql)) {
      put.setString(1, change.name);
      put.setBytes(2, change.value);
      put.setLong(3, change.keepMillis);
      return put.executeUpdate() == 1;
    } catch (SQLException e) {
      if (SqlErrors.duplicate(e)) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public long millis() {
    boolean sweeps = asked.incrementAndGet() % SWEEP_EVERY == 0;
    return run((connection, known) -> time(connection, known, sweeps));
  }

  private static long time(Connection connection, Statements known, boolean sweeps)
      throws SQLException {
    if (sweeps) {
      try (PreparedStatement sweep = connection.prepareStatement(known.sweep())) {
        sweep.executeUpdate();
      }
    }
    try (PreparedStatement time = connection.prepareStatement(known.time());
        ResultSet rows = time.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Does nothing: the data source belongs to the server. */
  @Override
  public void close() {}

  private <T> T run(Work<T> work) {
    try {
      Statements known = prepared();
      return new JdbcCalls(dataSource).call(connection -> work.run(connection, known));
    } catch (ConfigException e) {
      throw new StoreException("the table of the limits is not there", e);
    } catch (SQLException e) {
      throw SqlErrors.toStoreException(new IllegalStateException(e));
    }
  }
}
