package dev.gatehouse.internal.jpa.sql;

import dev.gatehouse.spi.store.StoreException;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Statements that each commit by themselves, on a connection that is taken for one call.
 *
 * <p>They are called on threads that no transaction of the application is bound to. Safe for use by
 * several threads.
 *
 * @param dataSource where connections come from
 */
public record JdbcCalls(DataSource dataSource) {
  private static final System.Logger LOG = System.getLogger(JdbcCalls.class.getName());
  private static final int UNKNOWN = -1;

  /** A database that hangs longer is a failure; nobody waits so long for it. */
  private static final int NETWORK_MILLIS = 2_000;

  /** What is done on a connection. */
  @FunctionalInterface
  public interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /**
   * Asks one question on a connection that may be one of the caller's transaction.
   *
   * @throws StoreException if the database does not answer, or not with what is stored there
   */
  public <T> @Nullable T ask(Question<T> question) {
    try (Connection connection = dataSource.getConnection()) {
      return question.on(connection);
    } catch (SQLException e) {
      throw SqlErrors.told(new IllegalStateException(e));
    } catch (RuntimeException e) {
      throw SqlErrors.told(e);
    }
  }

  /** What is asked on a connection. */
  @FunctionalInterface
  public interface Question<T> {
    @Nullable T on(Connection connection) throws SQLException;
  }

  /**
   * Does it and gives the connection back as it was.
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
      throw SqlErrors.told(new IllegalStateException(e));
    }
  }

  /** Pools and drivers need not know of it. */
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
