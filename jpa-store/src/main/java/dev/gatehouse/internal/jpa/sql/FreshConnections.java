package dev.gatehouse.internal.jpa.sql;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source whose connections read the latest committed data.
 *
 * <p>A pool may return connections without auto-commit. Under REPEATABLE READ, the default of
 * MariaDB, such a connection continues to read an old snapshot, so that an old row could be cached
 * after the change feed has reported its change. Outside of a transaction of the caller,
 * connections have auto-commit here; their state is restored on close. Safe for use by several
 * threads.
 *
 * @param source the data source
 * @param joining returns whether connections belong to a transaction of the caller
 */
public record FreshConnections(DataSource source, BooleanSupplier joining) implements DataSource {

  @Override
  public Connection getConnection() throws SQLException {
    return fresh(source.getConnection());
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return fresh(source.getConnection(username, password));
  }

  private Connection fresh(Connection connection) throws SQLException {
    boolean done = false;
    try {
      Connection fresh =
          connection.getAutoCommit() || joining.getAsBoolean() ? connection : begun(connection);
      done = true;
      return fresh;
    } finally {
      if (!done) {
        connection.close();
      }
    }
  }

  /** Rolls back a transaction that an earlier user has left open. */
  private static Connection begun(Connection connection) throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
    return (Connection)
        Proxy.newProxyInstance(
            FreshConnections.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close") && !connection.isClosed()) {
                restore(connection);
              }
              return call(() -> method.invoke(connection, arguments));
            });
  }

  private static void restore(Connection connection) throws SQLException {
    if (connection.getAutoCommit()) {
      connection.setAutoCommit(false);
    }
  }

  /** A reflective call. */
  @FunctionalInterface
  private interface Reflective {
    @Nullable Object run() throws ReflectiveOperationException;
  }

  private static @Nullable Object call(Reflective call) throws Throwable {
    try {
      return call.run();
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return source.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    source.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    source.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return source.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws java.sql.SQLFeatureNotSupportedException {
    return source.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return type.isInstance(source) ? type.cast(source) : source.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(source) || source.isWrapperFor(type);
  }
}
