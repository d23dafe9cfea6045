package dev.gatehouse.internal.jpa.sql;

import dev.gatehouse.spi.store.StoreException;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * SQL calls with a connection and a commit of their own.
 *
 * <p>Methods must be called on threads without a transaction of the application. Safe for use by
 * several threads.
 *
 * @param dataSource the data source
 */
public record JdbcCalls(DataSource dataSource) {
  private static final System.Logger LOG = System.getLogger(JdbcCalls.class.getName());
  private static final int UNKNOWN = -1;

  /** Timeout of a statement. Callers wait less. */
  private static final int NETWORK_MILLIS = 2_000;

  /** Work on a connection. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /**
   * Runs a query on a connection that may be part of the caller's transaction.
   *
   * @throws StoreException if the database does not answer, or a row is damaged
   */
  public <T> @Nullable T ask(Question<T> question) {
    try (Connection connection = dataSource.getConnection()) {
      return question.on(connection);
    } catch (SQLException e) {
      throw SqlErrors.toStoreException(new IllegalStateException(e));
    } catch (RuntimeException e) {
      throw SqlErrors.toStoreException(e);
    }
  }

  /** A query on a connection. */
  @FunctionalInterface
  public interface Question<T> {
    @Nullable T on(Connection connection) throws SQLException;
  }

  /**
   * Runs work on a connection and restores the connection's state.
   *
   * @throws StoreException if the database does not answer
   */
  public <T> T call(Work<T> work) {
    try (Connection connection = dataSource.getConnection()) {
      boolean committing = connection.getAutoCommit();
      int patience = patience(connection);
      try {
        connection.setAutoCommit(true);
        patience(connection, NETWORK_MILLIS);
        return work.run(connection);
      } finally {
        patience(connection, patience);
        connection.setAutoCommit(committing);
      }
    } catch (SQLException e) {
      throw SqlErrors.toStoreException(new IllegalStateException(e));
    }
  }

  /** Pools and drivers may not support it. */
  private static int patience(Connection connection) {
    try {
      return connection.getNetworkTimeout();
    } catch (SQLException | RuntimeException | LinkageError e) {
      return UNKNOWN;
    }
  }

  private static void patience(Connection connection, int millis) {
    try {
      if (millis != UNKNOWN) {
        connection.setNetworkTimeout(Runnable::run, millis);
      }
    } catch (SQLException | RuntimeException | LinkageError e) {
      LOG.log(Level.DEBUG, "the driver knows no network timeout", e);
    }
  }
}
