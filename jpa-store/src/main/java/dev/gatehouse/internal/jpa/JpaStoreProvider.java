package dev.gatehouse.internal.jpa;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Secret;
import dev.gatehouse.internal.store.PreviousKeys;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.jpa.SchemaMode;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PropertyLookup;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.ConsumerStoreProvider;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The provider of {@code gatehouse.store=jpa}.
 *
 * <p>Properties: {@code gatehouse.data-source}, the JNDI name of the data source, required; {@code
 * gatehouse.schema}, see {@link SchemaMode}; {@code gatehouse.transactions}: {@code jta} for
 * transactions of the server, {@code resource-local} for transactions of the connection, {@code
 * auto} (the default) for jta if the server has a {@code UserTransaction}.
 */
public final class JpaStoreProvider implements ConsumerStoreProvider {
  private static final System.Logger LOG = System.getLogger(JpaStoreProvider.class.getName());
  private static final String DATA_SOURCE = "gatehouse.data-source";
  private static final String SCHEMA = "gatehouse.schema";
  private static final String TRANSACTIONS = "gatehouse.transactions";
  private static final String MASTER_KEY = "gatehouse.master-key";
  private static final String AUTO = "auto";
  private static final String JTA = "jta";
  private static final List<String> KINDS = List.of(AUTO, JTA, "resource-local");

  /** For {@link java.util.ServiceLoader}. */
  public JpaStoreProvider() {}

  @Override
  public String name() {
    return "jpa";
  }

  @Override
  public Set<String> settings() {
    return Set.of(DATA_SOURCE, SCHEMA, TRANSACTIONS);
  }

  @Override
  public Optional<ConsumerRepository> open(
      PropertyLookup lookup, List<ConsumerEntry> seed, ConfigProblems mistakes) {
    List<String> absent = Libraries.absent();
    if (!absent.isEmpty()) {
      mistakes.add(
          "gatehouse.store",
          "jpa needs "
              + String.join(" and ", absent)
              + " in WEB-INF/lib on a server without Jakarta EE, as Tomcat and Jetty: see"
              + " docs/store.md");
      return Optional.empty();
    }
    Optional<JpaConsumerStores.Builder> builder = configured(lookup, mistakes);
    if (builder.isEmpty()) {
      return Optional.empty();
    }
    try {
      JpaConsumerStore store = builder.get().store();
      return seed(store, seed, mistakes) ? Optional.of(store) : Optional.empty();
    } catch (ConfigException e) {
      mistakes.addAll(e);
      return Optional.empty();
    }
  }

  private static Optional<JpaConsumerStores.Builder> configured(
      PropertyLookup lookup, ConfigProblems mistakes) {
    int before = mistakes.found().size();
    Optional<DataSource> dataSource = dataSource(lookup, mistakes);
    SchemaMode schema = schema(lookup, mistakes);
    boolean jta = jta(lookup, mistakes);
    if (mistakes.found().size() > before || dataSource.isEmpty()) {
      return Optional.empty();
    }
    JpaConsumerStores.Builder builder = JpaConsumerStores.on(dataSource.get()).schema(schema);
    PreviousKeys previous =
        lookup.get(PreviousKeys.SETTING).map(PreviousKeys::of).orElse(PreviousKeys.NONE);
    lookup
        .get(MASTER_KEY)
        .map(Secret::of)
        .ifPresent(key -> builder.masterKey(key, previous.asList()));
    if (jta) {
      Jndi.transactions().ifPresent(all -> builder.jta(all.transaction(), all.registry()));
    }
    return Optional.of(builder);
  }

  private static Optional<DataSource> dataSource(PropertyLookup lookup, ConfigProblems mistakes) {
    Optional<String> name = lookup.get(DATA_SOURCE);
    if (name.isEmpty()) {
      mistakes.add(
          DATA_SOURCE, ConfigProblem.Code.REQUIRED, "is required: the JNDI name of a data source");
      return Optional.empty();
    }
    Optional<DataSource> found = Jndi.dataSource(name.get());
    if (found.isEmpty()) {
      mistakes.add(
          DATA_SOURCE,
          "must be the JNDI name of a data source; nothing usable is bound to " + name.get());
    }
    return found;
  }

  private static SchemaMode schema(PropertyLookup lookup, ConfigProblems mistakes) {
    String word = lookup.get(SCHEMA).orElse(SchemaMode.MIGRATE.word());
    Optional<SchemaMode> mode = SchemaMode.of(word);
    if (mode.isEmpty()) {
      mistakes.add(
          SCHEMA, "must be one of " + String.join(", ", SchemaMode.words()) + ", was " + word);
    }
    return mode.orElse(SchemaMode.MIGRATE);
  }

  private static boolean jta(PropertyLookup lookup, ConfigProblems mistakes) {
    String kind = lookup.get(TRANSACTIONS).orElse(AUTO);
    if (!KINDS.contains(kind)) {
      mistakes.add(TRANSACTIONS, "must be one of " + String.join(", ", KINDS) + ", was " + kind);
    }
    if (kind.equals(JTA) && Jndi.transactions().isEmpty()) {
      mistakes.add(
          TRANSACTIONS,
          "jta needs "
              + Jndi.USER_TRANSACTION
              + " and "
              + Jndi.REGISTRY
              + ", which are not both there");
    }
    return kind.equals(JTA) || kind.equals(AUTO);
  }

  private static boolean seed(
      JpaConsumerStore store, List<ConsumerEntry> seed, ConfigProblems mistakes) {
    boolean done = false;
    try {
      if (!seed.isEmpty()) {
        String text =
            store.seed(seed)
                ? "wrote the {0} consumers of the configuration into the new database"
                : "the database is in use already: the {0} consumers of the configuration stay out";
        LOG.log(Level.INFO, text, seed.size());
      }
      done = true;
    } catch (ConflictException e) {
      mistakes.add("consumers", String.valueOf(e.getMessage()));
    } finally {
      if (!done) {
        store.close();
      }
    }
    return done;
  }
}
