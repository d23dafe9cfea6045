package dev.gatehouse.jpa;

import dev.gatehouse.ConfigException;
import dev.gatehouse.spi.StoreException;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.core.api.output.ValidateResult;

/**
 * The tables, made and checked by numbered SQL files.
 *
 * <p>Their history stands in a table of its own, beside whatever the application keeps in the same
 * schema.
 */
final class Schema {
  private static final System.Logger LOG = System.getLogger(Schema.class.getName());
  private static final Map<String, String> FOLDERS = Map.of("H2", "h2", "PostgreSQL", "postgresql");

  private Schema() {}

  /**
   * Does to the tables what a mode says.
   *
   * @throws ConfigException if the database is of an unknown kind, or its tables are not those that
   *     this version needs
   * @throws StoreException if the database does not answer
   */
  static void prepare(DataSource dataSource, SchemaMode mode) {
    try {
      if (mode == SchemaMode.MIGRATE) {
        migrate(flyway(dataSource));
      } else if (mode == SchemaMode.VALIDATE) {
        validate(flyway(dataSource).validateWithResult());
      }
    } catch (FlywayValidateException e) {
      throw new ConfigException("gatehouse.schema", "the tables do not fit: " + e.getMessage());
    } catch (FlywayException e) {
      throw Failures.told(e);
    } catch (SQLException e) {
      throw Failures.told(new FlywayException(e));
    }
  }

  private static void migrate(Flyway flyway) {
    MigrateResult done = flyway.migrate();
    if (done.migrationsExecuted > 0) {
      LOG.log(
          Level.INFO,
          "made the tables of the consumer store: {0} migrations, now version {1}",
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

  private static Flyway flyway(DataSource dataSource) throws SQLException {
    ClassLoader loader = Schema.class.getClassLoader();
    FluentConfiguration configuration =
        Flyway.configure(loader)
            .dataSource(dataSource)
            .table("gatehouse_schema_history")
            .baselineOnMigrate(true)
            .baselineVersion("0")
            .baselineDescription("tables of the application")
            .placeholderReplacement(false)
            .skipDefaultCallbacks(true)
            .resourceProvider(MigrationFiles.of(folder(dataSource)))
            .javaMigrationClassProvider(List::of);
    return configuration.load();
  }

  private static String folder(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      String product = connection.getMetaData().getDatabaseProductName();
      String folder = FOLDERS.get(product);
      if (folder == null) {
        throw new ConfigException(
            "gatehouse.data-source",
            "must lead to H2 or PostgreSQL, was "
                + product
                + "; with gatehouse.schema=none you make the tables yourself");
      }
      return folder;
    }
  }
}
