package dev.gatehouse.internal.jpa;

import dev.gatehouse.contract.Entries;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ConsumerRepository;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Writes one Consumer after the other into a database until it is killed, and says each that is.
 */
final class CrashWriter {
  private CrashWriter() {}

  /** Returns an H2 or a PostgreSQL. */
  static DataSource at(String url) {
    if (url.startsWith("jdbc:h2:")) {
      JdbcDataSource h2 = new JdbcDataSource();
      h2.setURL(url);
      return h2;
    }
    PGSimpleDataSource postgres = new PGSimpleDataSource();
    postgres.setUrl(url);
    return postgres;
  }

  /** Takes the database's URL and a name for its Consumers. */
  public static void main(String[] arguments) {
    DataSource database = at(arguments[0]);
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    try (ConsumerRepository store = JpaConsumerStores.on(database).open()) {
      for (int i = 0; ; i++) {
        String name = arguments[1] + "-" + i;
        store.putAll(List.of(Entries.entry(name, Entries.keyAuth("main", "key of " + name))));
        out.println(name);
      }
    }
  }
}
