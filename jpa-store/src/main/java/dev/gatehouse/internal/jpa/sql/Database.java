package dev.gatehouse.internal.jpa.sql;

import dev.gatehouse.ConfigException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** A kind of database and its dialect. */
public enum Database {
  H2("H2", Words.STANDARD_NOW, Words.H2_PUT),
  POSTGRESQL("PostgreSQL", Words.STANDARD_NOW, Words.POSTGRESQL_PUT),
  MARIADB("MariaDB", Words.MARIADB_NOW, Words.MARIADB_PUT);

  private static final String NAMES =
      Arrays.stream(values()).map(one -> one.product).collect(Collectors.joining(" or "));

  private final String product;
  private final String now;
  private final String put;

  Database(String product, String now, String put) {
    this.product = product;
    this.now = now;
    this.put = put;
  }

  private static final class Words {
    static final String STANDARD_NOW =
        "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)";

    /** Not computed from a timestamp, which is local and ambiguous at the end of summer time. */
    static final String MARIADB_NOW = "(UNIX_TIMESTAMP() * 1000 + MICROSECOND(NOW(6)) DIV 1000)";

    static final String H2_PUT =
        "INSERT INTO gatehouse_slots (name, slot, expires_at) SELECT x.n, x.s, x.k + %s FROM"
            + " (SELECT CAST(? AS VARCHAR) n, CAST(? AS VARBINARY) s, CAST(? AS BIGINT) k) x"
            + " WHERE NOT EXISTS (SELECT 1 FROM gatehouse_slots WHERE name = x.n)";
    static final String POSTGRESQL_PUT =
        "INSERT INTO gatehouse_slots (name, slot, expires_at) VALUES (?, ?, ? + %s)"
            + " ON CONFLICT DO NOTHING";

    /**
     * A subquery for the name would lock the gap around it, and two such statements would deadlock.
     */
    static final String MARIADB_PUT =
        "INSERT IGNORE INTO gatehouse_slots (name, slot, expires_at) VALUES (?, ?, ? + %s)";

    private Words() {}
  }

  /**
   * Returns the kind of a data source's database.
   *
   * @param setting the property of the data source, for the message
   * @param otherwise an alternative, as the rest of the message
   * @throws ConfigException if the kind is unknown
   */
  public static Database behind(DataSource dataSource, String setting, String otherwise)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      String product = connection.getMetaData().getDatabaseProductName();
      return Arrays.stream(values())
          .filter(one -> one.product.equals(product))
          .findFirst()
          .orElseThrow(
              () ->
                  new ConfigException(
                      setting, "must lead to " + NAMES + ", was " + product + otherwise));
    }
  }

  /** Returns the folder of its SQL files. */
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns an expression for the database's time in milliseconds since 1970-01-01T00:00:00Z. */
  public String now() {
    return now;
  }

  /**
   * Returns a statement that inserts a slot with its name, value and lifetime in milliseconds, if
   * it does not exist.
   */
  public String putSlot() {
    return put.formatted(now);
  }
}
