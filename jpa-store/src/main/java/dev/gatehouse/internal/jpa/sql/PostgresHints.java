package dev.gatehouse.internal.jpa.sql;

import dev.gatehouse.internal.store.DaemonThreads;
import dev.gatehouse.spi.store.ChangeHints;
import java.lang.System.Logger.Level;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Hints of PostgreSQL: the transaction that increments the revision sends a notification, and a
 * dedicated connection listens.
 *
 * <p>A failed connection is replaced after a pause; during the pause there are no hints. Safe for
 * use by several threads.
 */
final class PostgresHints implements ChangeHints {
  /** The driver may belong to the server, so it is used by reflection. */
  private static final String DRIVER = "org.postgresql.PGConnection";

  /** Returns the channel of the tables' schema. The payload is ignored. */
  private static final String CHANNEL =
      "SELECT 'gatehouse_changes_' || md5(n.nspname) FROM pg_class c"
          + " JOIN pg_namespace n ON n.oid = c.relnamespace"
          + " WHERE c.oid = CAST('gatehouse_revision' AS regclass)";

  private static final System.Logger LOG = System.getLogger(PostgresHints.class.getName());
  private static final int WAIT_MILLIS = 1_000;
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final DataSource dataSource;
  private final Class<?> kind;
  private final Method notifications;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Thread thread;

  private PostgresHints(DataSource dataSource, Class<?> kind, Method notifications) {
    this.dataSource = dataSource;
    this.kind = kind;
    this.notifications = notifications;
  }

  /** Returns hints over connections of this kind, or empty if the driver cannot listen. */
  static Optional<ChangeHints> through(Connection connection, DataSource dataSource) {
    try {
      Class<?> kind = Class.forName(DRIVER, false, PostgresHints.class.getClassLoader());
      return connection.isWrapperFor(kind)
          ? Optional.of(
              new PostgresHints(dataSource, kind, kind.getMethod("getNotifications", int.class)))
          : Optional.empty();
    } catch (SQLException | ReflectiveOperationException | LinkageError e) {
      LOG.log(Level.DEBUG, "this connection gives no hints", e);
      return Optional.empty();
    }
  }

  @Override
  public synchronized void listen(Runnable changed) {
    Thread listener = DaemonThreads.create("gatehouse-hints", () -> listenOn(changed));
    thread = listener;
    listener.start();
  }

  private void listenOn(Runnable changed) {
    boolean over = false;
    while (!over) {
      try (Connection connection = dataSource.getConnection()) {
        boolean committing = connection.getAutoCommit();
        connection.setAutoCommit(true);
        receive(connection, changed);
        connection.setAutoCommit(committing);
      } catch (SQLException e) {
        LOG.log(Level.WARNING, "there are no hints for a while: " + e.getSQLState());
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "there are no hints for a while: " + e);
      }
      over = waited();
    }
  }

  /** Waits between two attempts. Returns whether the hints were closed meanwhile. */
  private boolean waited() {
    try {
      return closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void receive(Connection connection, Runnable changed) throws SQLException {
    String channel = channel(connection);
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute("LISTEN " + channel);
    }
    // Changes before the subscription may have been missed.
    changed.run();
    Object listening = connection.unwrap(kind);
    try {
      while (closed.getCount() > 0) {
        Object heard = notifications.invoke(listening, WAIT_MILLIS);
        if (heard != null && Array.getLength(heard) > 0) {
          changed.run();
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new SQLException("the driver does not listen", "", e.getCause());
    } finally {
      forget(connection, channel);
    }
  }

  /** The name has only hexadecimal digits after the prefix, so it needs no quoting. */
  private static String channel(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(CHANNEL)) {
      if (!rows.next()) {
        throw new SQLException("there is no table gatehouse_revision");
      }
      return rows.getString(1);
    }
  }

  /** The pool may reuse the connection, so it must not receive notifications any more. */
  private static void forget(Connection connection, String channel) {
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute("UNLISTEN " + channel);
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "the connection is gone", e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    Thread listener = thread;
    if (listener != null) {
      try {
        listener.join(2L * WAIT_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
