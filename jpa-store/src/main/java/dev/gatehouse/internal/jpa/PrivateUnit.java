package dev.gatehouse.internal.jpa;

import dev.gatehouse.internal.jpa.row.ConsumerRow;
import dev.gatehouse.internal.jpa.row.CredentialRow;
import dev.gatehouse.internal.jpa.row.GroupRow;
import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import jakarta.persistence.spi.ClassTransformer;
import jakarta.persistence.spi.PersistenceUnitInfo;
import jakarta.persistence.spi.PersistenceUnitTransactionType;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The description of the persistence unit. A {@code META-INF/persistence.xml} in the jar would make
 * every unqualified {@code @PersistenceContext} of the application ambiguous.
 *
 * @param name the name, unique in the process, because providers register units by name
 * @param dataSource the data source
 * @param jta whether the unit takes part in transactions of the server
 * @param properties properties of the provider
 */
record PrivateUnit(String name, DataSource dataSource, boolean jta, Properties properties)
    implements PersistenceUnitInfo {

  @Override
  public String getPersistenceUnitName() {
    return name;
  }

  /** Null: the caller chooses the provider. */
  @Override
  public @Nullable String getPersistenceProviderClassName() {
    return null;
  }

  @Override
  public PersistenceUnitTransactionType getTransactionType() {
    return jta ? PersistenceUnitTransactionType.JTA : PersistenceUnitTransactionType.RESOURCE_LOCAL;
  }

  @Override
  public @Nullable DataSource getJtaDataSource() {
    return jta ? dataSource : null;
  }

  @Override
  public @Nullable DataSource getNonJtaDataSource() {
    return jta ? null : dataSource;
  }

  @Override
  public List<String> getMappingFileNames() {
    return List.of();
  }

  @Override
  public List<URL> getJarFileUrls() {
    return List.of();
  }

  /** Returns the jar or folder with the entities. */
  @Override
  public URL getPersistenceUnitRootUrl() {
    String file = ConsumerRow.class.getName().replace('.', '/') + ".class";
    URL found = ConsumerRow.class.getResource("/" + file);
    String text = String.valueOf(found);
    String root = text.substring(0, text.length() - file.length() - 1);
    if (root.startsWith("jar:") && root.endsWith("!")) {
      root = root.substring("jar:".length(), root.length() - 1);
    }
    try {
      return URI.create(root.startsWith("file:") && !root.endsWith(".jar") ? root + "/" : root)
          .toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("the classes of the store have no place", e);
    }
  }

  @Override
  public List<String> getManagedClassNames() {
    return List.of(
        ConsumerRow.class.getName(), CredentialRow.class.getName(), GroupRow.class.getName());
  }

  @Override
  public boolean excludeUnlistedClasses() {
    return true;
  }

  /** None: a shared cache would return rights that another node has revoked. */
  @Override
  public SharedCacheMode getSharedCacheMode() {
    return SharedCacheMode.NONE;
  }

  @Override
  public ValidationMode getValidationMode() {
    return ValidationMode.NONE;
  }

  @Override
  public Properties getProperties() {
    return properties;
  }

  @Override
  public String getPersistenceXMLSchemaVersion() {
    return "3.0";
  }

  @Override
  public ClassLoader getClassLoader() {
    return ConsumerRow.class.getClassLoader();
  }

  /** Does nothing: entities are not woven. */
  @Override
  public void addTransformer(ClassTransformer transformer) {}

  @Override
  public ClassLoader getNewTempClassLoader() {
    return getClassLoader();
  }
}
