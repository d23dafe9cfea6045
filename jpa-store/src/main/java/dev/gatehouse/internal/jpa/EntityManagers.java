package dev.gatehouse.internal.jpa;

import dev.gatehouse.ConfigException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.spi.PersistenceProvider;
import jakarta.persistence.spi.PersistenceProviderResolverHolder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;

/** A factory of persistence units, on EclipseLink if it is available. */
public final class EntityManagers {
  private static final String ECLIPSELINK = "org.eclipse.persistence.jpa.PersistenceProvider";

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "eclipselink.session.customizer", "dev.gatehouse.internal.jpa.schema.NoRetries",
          "eclipselink.weaving", "false",
          "eclipselink.exclude-eclipselink-orm", "true",
          "eclipselink.jdbc.batch-writing", "JDBC",
          "eclipselink.jdbc.batch-writing.size", "500",
          "eclipselink.logging.logger", "JavaLogger",
          "eclipselink.logging.level", "SEVERE",
          "eclipselink.logging.parameters", "false",
          "hibernate.hbm2ddl.auto", "none",
          "hibernate.jdbc.batch_size", "500");

  private EntityManagers() {}

  /**
   * Creates a unit and connects it, so that a missing database fails here.
   *
   * @param more further properties of the provider
   */
  public static EntityManagerFactory open(
      DataSource dataSource, boolean jta, Map<String, String> more) {
    String name = "gatehouse-" + UUID.randomUUID();
    Properties properties = new Properties();
    properties.putAll(PROPERTIES);
    properties.putAll(more);
    properties.setProperty("eclipselink.session-name", name);
    PrivateUnit unit = new PrivateUnit(name, dataSource, jta, properties);
    EntityManagerFactory made = provider().createContainerEntityManagerFactory(unit, Map.of());
    boolean connected = false;
    try {
      EntityManager em = made.createEntityManager();
      em.close();
      connected = true;
      return made;
    } finally {
      if (!connected) {
        made.close();
      }
    }
  }

  private static PersistenceProvider provider() {
    List<PersistenceProvider> there =
        PersistenceProviderResolverHolder.getPersistenceProviderResolver()
            .getPersistenceProviders();
    return there.stream()
        .min(Comparator.comparing(one -> !one.getClass().getName().equals(ECLIPSELINK)))
        .orElseThrow(
            () ->
                new ConfigException(
                    "gatehouse.store", "jpa needs a persistence provider, as in EclipseLink"));
  }
}
