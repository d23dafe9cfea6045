package dev.gatehouse.jpa;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Secret;
import dev.gatehouse.internal.auth.CredentialPlugins;
import dev.gatehouse.internal.jpa.EntityManagers;
import dev.gatehouse.internal.jpa.JpaConsumerStore;
import dev.gatehouse.internal.jpa.row.SecretCipher;
import dev.gatehouse.internal.jpa.row.SecretFields;
import dev.gatehouse.internal.jpa.schema.Schema;
import dev.gatehouse.internal.jpa.sql.FreshConnections;
import dev.gatehouse.internal.jpa.sql.JdbcCalls;
import dev.gatehouse.internal.jpa.sql.JtaTransactions;
import dev.gatehouse.internal.jpa.sql.LocalTransactions;
import dev.gatehouse.internal.jpa.sql.SqlErrors;
import dev.gatehouse.internal.jpa.sql.Transactions;
import dev.gatehouse.internal.store.PreviousKeys;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.StoreException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens the store in a relational database, for embedded servers and tests. */
public final class JpaConsumerStores {
  private JpaConsumerStores() {}

  /**
   * Starts a store on a source of connections to H2, PostgreSQL or MariaDB.
   *
   * <p>Connections are taken per call and given back, so the source should be a pool; how long a
   * call waits for a database that hangs is set there.
   */
  public static Builder on(DataSource dataSource) {
    return new Builder(dataSource);
  }

  /** Collects the parts of a store; not safe for use by several threads. */
  public static final class Builder {
    private final DataSource dataSource;
    private SchemaMode schema = SchemaMode.MIGRATE;
    private JtaTransactions.@Nullable Server server;
    private UnaryOperator<String> attributes = JpaConsumerStores::builtInAttribute;
    private InstantSource clock = Clock.systemUTC();
    private Optional<SecretCipher> seal = Optional.empty();
    private Map<String, String> properties = Map.of();

    private Builder(DataSource dataSource) {
      this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
    }

    /** Says what happens to the tables; {@link SchemaMode#MIGRATE} unless it is called. */
    public Builder schema(SchemaMode mode) {
      this.schema = mode;
      return this;
    }

    /**
     * Makes writes part of the server's transactions; without it each has one of the connection.
     *
     * <p>The source of connections must then take part in them too. A write joins the transaction
     * that the caller has begun, or has its own; when it fails in the caller's, that can only be
     * rolled back.
     *
     * @param transaction begins and ends the store's own transactions
     * @param registry tells about those of the caller
     */
    public Builder jta(UserTransaction transaction, TransactionSynchronizationRegistry registry) {
      this.server = new JtaTransactions.Server(transaction, registry);
      return this;
    }

    /**
     * Names the unique setting of a credential plugin, for the text of a refusal; the built-in
     * plugins are known.
     */
    public Builder attributes(UnaryOperator<String> attributeOfPlugin) {
      this.attributes = attributeOfPlugin;
      return this;
    }

    /**
     * Sets the key under which secrets that must be read back are encrypted; without it they are
     * refused.
     *
     * @param key at least 32 bytes of UTF-8
     * @throws ConfigException if it is shorter
     */
    public Builder masterKey(Secret key) {
      return masterKey(key, PreviousKeys.NONE);
    }

    /** The same, and what was encrypted under previous keys can be read. */
    public Builder masterKey(Secret key, PreviousKeys previous) {
      this.seal = Optional.of(SecretCipher.under(key, previous));
      return this;
    }

    /** Sets the clock for the times of creation and change. */
    public Builder clock(InstantSource source) {
      this.clock = source;
      return this;
    }

    /** Sets properties of the persistence provider, beside or instead of the store's own. */
    public Builder properties(Map<String, String> more) {
      this.properties = Map.copyOf(more);
      return this;
    }

    /**
     * Opens the store; close it in the end.
     *
     * @throws ConfigException if the tables do not fit, or there is no persistence provider
     * @throws StoreException if the database does not answer
     */
    public ConsumerRepository open() {
      return store();
    }

    public JpaConsumerStore store() {
      Schema.prepare(dataSource, schema, Schema.Tables.CONSUMERS);
      try {
        JtaTransactions.Server known = server;
        DataSource fresh =
            new FreshConnections(dataSource, known == null ? () -> false : known::joining);
        Transactions bounds =
            known == null
                ? new LocalTransactions(EntityManagers.open(fresh, false, properties))
                : joined(known, fresh);
        return new JpaConsumerStore(
            new JpaConsumerStore.Parts(
                bounds, new JdbcCalls(fresh), attributes, new SecretFields(seal)),
            clock);
      } catch (ConfigException e) {
        throw e;
      } catch (RuntimeException e) {
        throw SqlErrors.told(e);
      }
    }

    /** A provider that does not know the server fails in its own words, or does not join. */
    private Transactions joined(JtaTransactions.Server known, DataSource source) {
      try {
        JtaTransactions bounds =
            new JtaTransactions(EntityManagers.open(source, true, properties), known);
        if (bounds.works()) {
          return bounds;
        }
        bounds.unit().close();
      } catch (RuntimeException e) {
        if (e instanceof ConfigException || SqlErrors.ofDatabase(e)) {
          throw e;
        }
      }
      throw new ConfigException(
          "gatehouse.transactions",
          "jta: the persistence provider does not take part in the server's transactions; name the"
              + " server to it, or use resource-local");
    }
  }

  /** The word for plugins of the application is a plain one, since nobody told theirs. */
  private static String builtInAttribute(String plugin) {
    return CredentialPlugins.builtIn().stream()
        .filter(one -> one.name().equals(plugin))
        .map(CredentialPlugin::attribute)
        .findFirst()
        .orElse("lookup value");
  }
}
