package dev.gatehouse.jpa;

import dev.gatehouse.spi.ChangeHints;
import java.lang.System.Logger.Level;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Hints of a PostgreSQL: the transaction that counts up the revision notifies, and a connection
 * that is held for it listens.
 *
 * <p>A connection that fails is replaced after a pause, in which there are no hints. Safe for use
 * by several threads.
 */
final class PostgresHints implements ChangeHints {
  /** The driver may be one of the server's, so it is not linked against. */
  private static final String DRIVER = "org.postgresql.PGConnection";

  /** The channel; what is said on it does not matter. */
  static final String CHANNEL = "gatehouse_changes";

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

  /** Hints through connections of the kind that this one is, if its driver can listen. */
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
    Thread listener = new Thread(() -> listenOn(changed), "gatehouse-hints");
    listener.setDaemon(true);
    thread = listener;
    listener.start();
  }

  private void listenOn(Runnable changed) {
    boolean over = false;
    while (!over) {
      try (Connection connection = dataSource.getConnection()) {
        boolean committing = connection.getAutoCommit();
        connection.setAutoCommit(true);
        hear(connection, changed);
        connection.setAutoCommit(committing);
      } catch (SQLException e) {
        LOG.log(Level.WARNING, "there are no hints for a while: " + e.getSQLState());
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "there are no hints for a while: " + e);
      }
      over = waited();
    }
  }

  /** Whether it was closed meanwhile. */
  private boolean waited() {
    try {
      return closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void hear(Connection connection, Runnable changed) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute("LISTEN " + CHANNEL);
    }
    // What changed before it listened was not told.
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
      forget(connection);
    }
  }

  /** The connection goes back to others, who must not get what was meant for this. */
  private static void forget(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute("UNLISTEN " + CHANNEL);
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
