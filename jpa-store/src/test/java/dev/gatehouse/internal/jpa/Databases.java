package dev.gatehouse.internal.jpa;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** Databases of their own, and plain SQL on them. */
public final class Databases {
  private Databases() {}

  /** Returns an in-memory H2 of its own. */
  public static JdbcDataSource h2() {
    JdbcDataSource fresh = new JdbcDataSource();
    fresh.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    return fresh;
  }

  /** Returns a pool of connections to a PostgreSQL of this machine. */
  public static AgroalDataSource pool(int port) throws SQLException {
    return pool("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres");
  }

  public static AgroalDataSource pool(String url, String user) throws SQLException {
    return pool(url, user, true);
  }

  /** Returns the same, whose connections are tried before each use or not. */
  static AgroalDataSource pool(String url, String user, boolean validated) throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                p ->
                    p.maxSize(20)
                        .acquisitionTimeout(Duration.ofSeconds(30))
                        .validateOnBorrow(validated)
                        .connectionValidator(ConnectionValidator.defaultValidator())
                        .connectionFactoryConfiguration(
                            f ->
                                f.jdbcUrl(url)
                                    .principal(new NamePrincipal(user))
                                    .credential(new SimplePassword(user)))));
  }

  public static void run(DataSource database, String... statements) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs statements in one transaction. */
  static void runAtOnce(DataSource database, List<String> statements) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String sql : statements) {
        statement.execute(sql);
      }
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the first column of every row, as text. */
  public static List<String> ask(DataSource database, String sql) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(String.valueOf(rows.getString(1)));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
