package dev.gatehouse.internal.jpa.schema;

import static dev.gatehouse.contract.Entries.consumer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.jpa.Databases;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.jpa.SchemaMode;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.StoreException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is done to the tables, on an empty database and beside an application. */
@TestInstance(Lifecycle.PER_CLASS)
final class SchemaTest {
  private static final List<String> VERSIONS = List.of("1", "2", "3", "4", "5", "7", "8");
  private static final String HISTORY =
      "SELECT \"version\" FROM \"gatehouse_schema_history\""
          + " WHERE \"version\" IS NOT NULL ORDER BY \"installed_rank\"";
  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables WHERE table_name"
          + " IN ('gatehouse_consumers', 'GATEHOUSE_CONSUMERS', 'gatehouse_schema_history')";

  private final EmbeddedPostgres server;

  SchemaTest() throws IOException {
    server = EmbeddedPostgres.start();
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void empty() {
    Databases.run(
        server.getPostgresDatabase(), "DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
  }

  private static List<String> versions(DataSource database) {
    return database instanceof JdbcDataSource ? VERSIONS : with(with(VERSIONS, 5, "6"), 8, "9");
  }

  private static List<String> with(List<String> some, int at, String one) {
    List<String> all = new ArrayList<>(some);
    all.add(at, one);
    return all;
  }

  List<DataSource> databases() {
    return List.of(Databases.h2(), server.getPostgresDatabase());
  }

  @ParameterizedTest
  @MethodSource("databases")
  void migrate_whenDatabaseIsEmpty_makesTheTablesOnce(DataSource database) {
    write(database, SchemaMode.MIGRATE);
    List<String> first = history(database);

    assertTrue(isPresent(database, SchemaMode.MIGRATE), "the second start retains the data");

    assertEquals(versions(database), first);
    assertEquals(first, history(database));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void migrate_fromAnOlderVersion_upgradesAndRetainsData(DataSource database) {
    write(database, SchemaMode.MIGRATE);
    Databases.run(
        database,
        "ALTER TABLE gatehouse_consumers DROP COLUMN group_id",
        "DROP TABLE gatehouse_changes",
        "DROP TABLE gatehouse_revision",
        database instanceof JdbcDataSource ? "SELECT 1" : "DROP FUNCTION gatehouse_notify",
        "DROP TABLE gatehouse_consumer_groups",
        "DROP TABLE gatehouse_audit",
        "DELETE FROM \"gatehouse_schema_history\" WHERE \"version\" <> '1'");
    assertTrue(refusal(database, SchemaMode.VALIDATE).contains("2"));

    assertTrue(isPresent(database, SchemaMode.MIGRATE));

    assertEquals(versions(database), history(database));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void migrate_besideAnApplicationWithItsOwnMigrations_leavesThemAlone(DataSource database) {
    Databases.run(
        database, "CREATE TABLE orders (item VARCHAR(20))", "INSERT INTO orders VALUES ('apple')");
    Flyway own =
        Flyway.configure()
            .dataSource(database)
            .baselineOnMigrate(true)
            .locations("filesystem:target/no-such-folder")
            .load();
    own.baseline();

    write(database, SchemaMode.MIGRATE);

    assertTrue(isPresent(database, SchemaMode.VALIDATE));
    assertEquals(with(versions(database), 0, "0"), history(database));
    assertEquals(List.of("apple"), Databases.ask(database, "SELECT item FROM orders"));
    assertEquals(1, own.info().applied().length);
    own.validate();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void validate_whenTablesAreMissing_refusesAndMakesNothing(DataSource database) {
    String said = refusal(database, SchemaMode.VALIDATE);

    assertTrue(said.contains("gatehouse.schema: validate"), said);
    assertTrue(said.contains("1"), said);
    assertEquals(List.of(), Databases.ask(database, TABLES));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void open_whenAMigrationWasChangedAfterwards_refuses(DataSource database) {
    write(database, SchemaMode.MIGRATE);
    Databases.run(
        database,
        "UPDATE \"gatehouse_schema_history\" SET \"checksum\" = 7 WHERE \"version\" = '1'");

    for (SchemaMode mode : List.of(SchemaMode.VALIDATE, SchemaMode.MIGRATE)) {
      String said = refusal(database, mode);
      assertTrue(said.contains("gatehouse.schema"), said);
      assertTrue(said.toLowerCase(Locale.ROOT).contains("checksum"), said);
    }
    assertTrue(isPresent(database, SchemaMode.NONE), "the schema is not validated");
  }

  @ParameterizedTest
  @MethodSource("databases")
  void none_makesNothing(DataSource database) {
    try (ConsumerRepository store = JpaConsumerStores.on(database).schema(SchemaMode.NONE).open()) {
      assertThrows(StoreException.class, () -> store.consumer("acme"));
      assertThrows(StoreException.class, () -> store.put(consumer("acme")));
    }

    assertEquals(List.of(), Databases.ask(database, TABLES));
  }

  @ParameterizedTest
  @MethodSource("databases")
  void validate_whenTablesFit_opens(DataSource database) {
    write(database, SchemaMode.MIGRATE);

    assertTrue(isPresent(database, SchemaMode.VALIDATE));
    assertFalse(history(database).isEmpty());
  }

  private static void write(DataSource database, SchemaMode mode) {
    try (ConsumerRepository store = JpaConsumerStores.on(database).schema(mode).open()) {
      store.put(consumer("acme"));
      assertNotNull(store.consumer("acme"));
    }
  }

  private static boolean isPresent(DataSource database, SchemaMode mode) {
    try (ConsumerRepository store = JpaConsumerStores.on(database).schema(mode).open()) {
      return store.consumer("acme") != null;
    }
  }

  private static String refusal(DataSource database, SchemaMode mode) {
    return String.valueOf(
        assertThrows(
                ConfigException.class,
                () -> JpaConsumerStores.on(database).schema(mode).open().close())
            .getMessage());
  }

  private static List<String> history(DataSource database) {
    return Databases.ask(database, HISTORY);
  }
}
