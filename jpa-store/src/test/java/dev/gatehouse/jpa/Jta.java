package dev.gatehouse.jpa;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.narayana.NarayanaTransactionIntegration;
import jakarta.transaction.UserTransaction;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** A real transaction manager with a pool that takes part in its transactions, as in a server. */
record Jta(AgroalDataSource pool, UserTransaction transaction) implements AutoCloseable {
  private static final Map<String, String> KNOWN =
      Map.of("eclipselink.target-server", NarayanaController.class.getName());

  /** Starts on an in-memory H2 that nobody else has. */
  static Jta start(Path log) throws SQLException {
    arjPropertyManager.getCoordinatorEnvironmentBean().setTransactionStatusManagerEnable(false);
    for (String name : new String[] {"default", "communicationStore", "stateStore"}) {
      BeanPopulator.getNamedInstance(
              ObjectStoreEnvironmentBean.class, name.equals("default") ? null : name)
          .setObjectStoreDir(log.toString());
    }
    NarayanaTransactionIntegration integration =
        new NarayanaTransactionIntegration(
            com.arjuna.ats.jta.TransactionManager.transactionManager(),
            new TransactionSynchronizationRegistryImple());
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
    return new Jta(pool, com.arjuna.ats.jta.UserTransaction.userTransaction());
  }

  /** The builder of a store on this pool whose provider knows the transaction manager. */
  JpaConsumerStores.Builder store() {
    return JpaConsumerStores.on(pool).jta(transaction).properties(KNOWN);
  }

  @Override
  public void close() {
    Databases.run(pool, "SHUTDOWN");
    pool.close();
  }
}
