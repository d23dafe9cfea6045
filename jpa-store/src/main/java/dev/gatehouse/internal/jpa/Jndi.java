package dev.gatehouse.internal.jpa;

import dev.gatehouse.internal.jpa.sql.JtaTransactions;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Objects that the server has bound in JNDI. */
public final class Jndi {
  static final String USER_TRANSACTION = "java:comp/UserTransaction";
  static final String REGISTRY = "java:comp/TransactionSynchronizationRegistry";

  private Jndi() {}

  /** Returns the data source with a full name, or with a name below {@code java:comp/env/}. */
  public static Optional<DataSource> dataSource(String name) {
    return find(name, DataSource.class).or(() -> find("java:comp/env/" + name, DataSource.class));
  }

  /** Returns the server's transactions, or empty if the server does not offer them. */
  static Optional<JtaTransactions.Server> transactions() {
    return find(USER_TRANSACTION, UserTransaction.class)
        .flatMap(
            transaction ->
                find(REGISTRY, TransactionSynchronizationRegistry.class)
                    .map(registry -> new JtaTransactions.Server(transaction, registry)));
  }

  /**
   * Only names of this server: a name with another scheme, such as ldap:, could load foreign code.
   */
  @SuppressWarnings("BanJNDI")
  private static <T> Optional<T> find(String name, Class<T> type) {
    if (name.indexOf(':') >= 0 && !name.startsWith("java:")) {
      return Optional.empty();
    }
    try {
      Object found = InitialContext.doLookup(name);
      return type.isInstance(found) ? Optional.of(type.cast(found)) : Optional.empty();
    } catch (NamingException e) {
      return Optional.empty();
    }
  }
}
