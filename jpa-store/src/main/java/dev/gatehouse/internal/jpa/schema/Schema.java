package dev.gatehouse.internal.jpa.schema;

import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.jpa.sql.Database;
import dev.gatehouse.internal.jpa.sql.SqlErrors;
import dev.gatehouse.jpa.SchemaMode;
import dev.gatehouse.spi.store.StoreException;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.core.api.output.ValidateResult;

/**
 * The tables, created and validated by numbered SQL files.
 *
 * <p>Their history has its own table, so that the application may use the same schema.
 */
public final class Schema {
  private static final System.Logger LOG = System.getLogger(Schema.class.getName());

  /** Other databases have no notification. */
  private static final List<String> NOTIFY = List.of("V6__notify.sql", "V9__notify_by_schema.sql");

  /** A set of tables with a common history. */
  public enum Tables {
    /** Consumers and Credentials. */
    CONSUMERS(
        "gatehouse_schema_history",
        "V1__consumers_and_credentials.sql",
        "V2__consumer_group.sql",
        "V3__changes.sql",
        "V4__consumer_groups.sql",
        "V5__audit.sql",
        "V7__marks.sql",
        "V8__seeding.sql"),
    /** Counters that several nodes share. */
    LIMITS("gatehouse_limits_history", "V1__slots.sql");

    private final String history;

    // List.of is immutable.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> files;

    Tables(String history, String... files) {
      this.history = history;
      this.files = List.of(files);
    }

    private List<String> files(Database database) {
      List<String> more = new ArrayList<>(files);
      if (this == CONSUMERS && database == Database.POSTGRESQL) {
        more.addAll(NOTIFY);
      } else if (this == LIMITS && database == Database.H2) {
        more.add("V2__longer_slots.sql");
      }
      return more;
    }

    private String shown() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private Schema() {}

  /**
   * Migrates or validates the tables, or does nothing, depending on the mode.
   *
   * @throws ConfigException if the kind of database is unknown, or its tables are not those that
   *     this version requires
   * @throws StoreException if the database does not answer
   */
  public static void prepare(DataSource dataSource, SchemaMode mode, Tables tables) {
    try {
      if (mode == SchemaMode.MIGRATE) {
        migrate(flyway(dataSource, tables), tables);
      } else if (mode == SchemaMode.VALIDATE) {
        validate(flyway(dataSource, tables).validateWithResult());
      }
    } catch (FlywayValidateException e) {
      throw new ConfigException("gatehouse.schema", "the tables do not fit: " + e.getMessage());
    } catch (FlywayException e) {
      throw SqlErrors.toStoreException(e);
    } catch (SQLException e) {
      throw SqlErrors.toStoreException(new FlywayException(e));
    } finally {
      // A cache that a server may share among applications would hold Flyway's classes, and with
      // them all classes of this application after its undeployment.
      TypeFactory.defaultInstance().clearCache();
    }
  }

  private static void migrate(Flyway flyway, Tables tables) {
    MigrateResult done = flyway.migrate();
    if (done.migrationsExecuted > 0) {
      LOG.log(
          Level.INFO,
          "made the tables of {0}: {1} migrations, now version {2}",
          tables.shown(),
          done.migrationsExecuted,
          done.targetSchemaVersion);
    }
  }

  private static void validate(ValidateResult found) {
    if (!found.validationSuccessful) {
      throw new ConfigException(
          "gatehouse.schema",
          "validate: the tables are not those that this version needs: "
              + found.getAllErrorMessages().strip().replaceAll("\\s+", " "));
    }
  }

  private static Flyway flyway(DataSource dataSource, Tables tables) throws SQLException {
    ClassLoader loader = Schema.class.getClassLoader();
    Database database =
        Database.behind(
            dataSource,
            "gatehouse.data-source",
            "; with gatehouse.schema=none you make the tables yourself");
    FluentConfiguration configuration =
        Flyway.configure(loader)
            .dataSource(dataSource)
            .table(tables.history)
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .baselineDescription("tables of the application")
            .placeholderReplacement(false)
            .skipDefaultCallbacks(true)
            .resourceProvider(MigrationFiles.of(database.folder(), tables.files(database)))
            .javaMigrationClassProvider(List::of);
    return configuration.load();
  }
}
