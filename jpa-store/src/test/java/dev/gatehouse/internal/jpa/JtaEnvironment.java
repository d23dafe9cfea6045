package dev.gatehouse.internal.jpa;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import dev.gatehouse.jpa.JpaConsumerStores;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.narayana.NarayanaTransactionIntegration;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** A real transaction manager with a pool that takes part in its transactions, as in a server. */
record JtaEnvironment(
    AgroalDataSource pool, UserTransaction transaction, TransactionSynchronizationRegistry registry)
    implements AutoCloseable {
  private static final Map<String, String> KNOWN =
      Map.of("eclipselink.target-server", NarayanaController.class.getName());

  /** Starts on an in-memory H2 of its own. */
  static JtaEnvironment start(Path log) throws SQLException {
    arjPropertyManager.getCoordinatorEnvironmentBean().setTransactionStatusManagerEnable(false);
    for (String name : new String[] {"default", "communicationStore", "stateStore"}) {
      BeanPopulator.getNamedInstance(
              ObjectStoreEnvironmentBean.class, name.equals("default") ? null : name)
          .setObjectStoreDir(log.toString());
    }
    TransactionSynchronizationRegistry registry = new TransactionSynchronizationRegistryImple();
    NarayanaTransactionIntegration integration =
        new NarayanaTransactionIntegration(
            com.arjuna.ats.jta.TransactionManager.transactionManager(), registry);
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    AgroalDataSource pool =
        AgroalDataSource.from(
            new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(
                    p ->
                        p.maxSize(20)
                            .acquisitionTimeout(Duration.ofSeconds(30))
                            .transactionIntegration(integration)
                            .connectionFactoryConfiguration(f -> f.jdbcUrl(url))));
    return new JtaEnvironment(pool, com.arjuna.ats.jta.UserTransaction.userTransaction(), registry);
  }

  /** Returns the builder of a store on this pool whose provider knows the transaction manager. */
  JpaConsumerStores.Builder store() {
    return JpaConsumerStores.on(pool).jta(guarded(), registry).properties(KNOWN);
  }

  /** Refuses what a server refuses inside a Transactional method: all but its own begin and end. */
  private UserTransaction guarded() {
    ThreadLocal<Boolean> own = ThreadLocal.withInitial(() -> false);
    return (UserTransaction)
        Proxy.newProxyInstance(
            JtaEnvironment.class.getClassLoader(),
            new Class<?>[] {UserTransaction.class},
            (proxy, method, arguments) -> {
              boolean begins = method.getName().equals("begin");
              if (!begins && !own.get()) {
                throw new IllegalStateException(method.getName() + " inside Transactional");
              }
              own.set(begins);
              return method.invoke(transaction, arguments);
            });
  }

  @Override
  public void close() {
    Databases.run(pool, "SHUTDOWN");
    pool.close();
  }
}
