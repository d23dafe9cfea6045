package dev.gatehouse.internal.jpa.sql;

import dev.gatehouse.ConfigException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** A kind of database, and the few things that each says in its own way. */
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

    /** Not of a timestamp, since these are local and the end of summer has an hour twice. */
    static final String MARIADB_NOW = "(UNIX_TIMESTAMP() * 1000 + MICROSECOND(NOW(6)) DIV 1000)";

    static final String H2_PUT =
        "INSERT INTO gatehouse_slots (name, slot, expires_at) SELECT x.n, x.s, x.k + %s FROM"
            + " (SELECT CAST(? AS VARCHAR) n, CAST(? AS VARBINARY) s, CAST(? AS BIGINT) k) x"
            + " WHERE NOT EXISTS (SELECT 1 FROM gatehouse_slots WHERE name = x.n)";
    static final String POSTGRESQL_PUT =
        "INSERT INTO gatehouse_slots (name, slot, expires_at) VALUES (?, ?, ? + %s)"
            + " ON CONFLICT DO NOTHING";

    /** A subquery for the name would lock the gap around it, and two of them block each other. */
    static final String MARIADB_PUT =
        "INSERT IGNORE INTO gatehouse_slots (name, slot, expires_at) VALUES (?, ?, ? + %s)";

    private Words() {}
  }

  /**
   * The kind that connections of a source lead to.
   *
   * @param setting names the source to people
   * @param otherwise what else they can do, as the rest of a sentence
   * @throws ConfigException if it is none of these
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

  /** Where the SQL files for it are. */
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** An expression: the database's time, as milliseconds since 1970-01-01T00:00:00Z. */
  public String now() {
    return now;
  }

  /** A statement that writes a slot with its name, value and milliseconds to stay, if none is. */
  public String putSlot() {
    return put.formatted(now);
  }
}
