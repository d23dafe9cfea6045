package dev.gatehouse.internal.jpa.limit;

import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.jpa.Jndi;
import dev.gatehouse.jpa.SchemaMode;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PropertyLookup;
import dev.gatehouse.spi.limit.SharedSlots;
import dev.gatehouse.spi.limit.SharedSlotsProvider;
import dev.gatehouse.spi.store.StoreException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The provider of {@code gatehouse.limits.backend=jdbc}: a table in H2, PostgreSQL or MariaDB.
 *
 * <p>Properties: {@code gatehouse.limits.data-source}, the JNDI name of the data source, by default
 * that of {@code gatehouse.data-source}; and {@code gatehouse.schema}, as for the store.
 */
public final class JdbcSlotsProvider implements SharedSlotsProvider {
  private static final System.Logger LOG = System.getLogger(JdbcSlotsProvider.class.getName());
  private static final String DATA_SOURCE = "gatehouse.limits.data-source";
  private static final String STORE = "gatehouse.data-source";
  private static final String SCHEMA = "gatehouse.schema";

  /** For {@link java.util.ServiceLoader}. */
  public JdbcSlotsProvider() {}

  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public Set<String> settings() {
    return Set.of(DATA_SOURCE, STORE, SCHEMA);
  }

  @Override
  public Optional<SharedSlots> open(PropertyLookup lookup, ConfigProblems mistakes) {
    String setting = lookup.get(DATA_SOURCE).isPresent() ? DATA_SOURCE : STORE;
    Optional<String> name = lookup.get(setting);
    Optional<DataSource> found = name.flatMap(Jndi::dataSource);
    String word = lookup.get(SCHEMA).orElse(SchemaMode.MIGRATE.word());
    Optional<SchemaMode> mode = SchemaMode.of(word);
    if (found.isEmpty()) {
      mistakes.add(
          name.isEmpty() ? DATA_SOURCE : setting,
          "must be the JNDI name of a data source; "
              + name.map(JdbcSlotsProvider::unusable).orElse("it is not set"));
    }
    if (mode.isEmpty()) {
      mistakes.add(
          SCHEMA, "must be one of " + String.join(", ", SchemaMode.words()) + ", was " + word);
    }
    return found.flatMap(source -> mode.flatMap(known -> open(source, known, mistakes)));
  }

  /** The message does not contain the text, because a JDBC URL may contain a password. */
  private static String unusable(String name) {
    return name.startsWith("jdbc:")
        ? "a JDBC URL is none: define a data source for it in the server"
        : "nothing usable is bound to " + name;
  }

  private static Optional<SharedSlots> open(
      DataSource source, SchemaMode mode, ConfigProblems mistakes) {
    JdbcSlots slots = new JdbcSlots(source, mode);
    try {
      slots.prepare();
    } catch (ConfigException e) {
      mistakes.addAll(e);
      return Optional.empty();
    } catch (StoreException e) {
      LOG.log(Level.WARNING, "the database of the limits does not answer yet: {0}", e.getMessage());
    }
    return Optional.of(slots);
  }
}
