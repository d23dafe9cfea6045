package dev.gatehouse.internal.jpa;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A pool of one connection, without auto-commit and with REPEATABLE READ, that is handed out as the
 * last user left it. For one thread.
 */
final class SingleConnectionPool implements AutoCloseable, DelegatingDataSource {
  private final DataSource source;
  private final Connection connection;

  SingleConnectionPool(DataSource source) throws SQLException {
    this.source = source;
    this.connection = source.getConnection();
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
  }

  boolean commitsByItself() throws SQLException {
    return connection.getAutoCommit();
  }

  @Override
  public DataSource delegate() {
    return source;
  }

  @Override
  public Connection getConnection() {
    return (Connection)
        Proxy.newProxyInstance(
            SingleConnectionPool.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    connection.close();
  }
}
