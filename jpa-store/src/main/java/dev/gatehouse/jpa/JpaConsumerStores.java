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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A factory of stores in relational databases, for embedded servers and tests. */
public final class JpaConsumerStores {
  private JpaConsumerStores() {}

  /**
   * Returns a builder of a store on a data source of H2, PostgreSQL or MariaDB.
   *
   * <p>Each call takes a connection and returns it, so the data source should be a pool. It also
   * defines the timeout for a database that hangs.
   */
  public static Builder on(DataSource dataSource) {
    return new Builder(dataSource);
  }

  /** A builder of stores. Not safe for use by several threads. */
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

    /** Sets what happens to the tables. The default is {@link SchemaMode#MIGRATE}. */
    public Builder schema(SchemaMode mode) {
      this.schema = mode;
      return this;
    }

    /**
     * Makes writes part of the server's transactions. By default each write has a transaction of
     * the connection.
     *
     * <p>The data source must take part in these transactions. A write joins the caller's
     * transaction or has its own. A failed write marks the caller's transaction for rollback.
     *
     * @param transaction begins and ends the store's transactions
     * @param registry returns the state of the caller's transaction
     */
    public Builder jta(UserTransaction transaction, TransactionSynchronizationRegistry registry) {
      this.server = new JtaTransactions.Server(transaction, registry);
      return this;
    }

    /**
     * Sets the unique settings of credential plugins of the application, for messages. Those of the
     * built-in plugins are known.
     */
    public Builder attributes(UnaryOperator<String> attributeOfPlugin) {
      this.attributes = attributeOfPlugin;
      return this;
    }

    /**
     * Sets the key that encrypts secrets that must be read back. Without it such secrets are
     * refused.
     *
     * @param key at least 32 bytes of UTF-8
     * @throws ConfigException if the key is too short
     */
    public Builder masterKey(Secret key) {
      return masterKey(key, List.of());
    }

    /**
     * Sets the key and the earlier ones, with which stored secrets can still be decrypted.
     *
     * @param previous the earlier keys; an empty text means a time without a master key
     */
    public Builder masterKey(Secret key, List<Secret> previous) {
      this.seal = Optional.of(SecretCipher.under(key, PreviousKeys.of(previous)));
      return this;
    }

    /** Sets the clock for the times of creation and change. */
    public Builder clock(InstantSource source) {
      this.clock = source;
      return this;
    }

    /** Sets properties of the persistence provider, which override those of the store. */
    public Builder properties(Map<String, String> more) {
      this.properties = Map.copyOf(more);
      return this;
    }

    /**
     * Opens the store. The caller must close it.
     *
     * @throws ConfigException if the tables are not those of this version, or there is no
     *     persistence provider
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
        throw SqlErrors.toStoreException(e);
      }
    }

    /**
     * Checks that the provider joins the server's transactions: some do not, or fail without a
     * clear message.
     */
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

  /** Returns the unique setting of a built-in plugin, or a general word for other plugins. */
  private static String builtInAttribute(String plugin) {
    return CredentialPlugins.builtIn().stream()
        .filter(one -> one.name().equals(plugin))
        .map(CredentialPlugin::attribute)
        .findFirst()
        .orElse("lookup value");
  }
}
