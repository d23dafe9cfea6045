package dev.gatehouse.internal.jpa;

import dev.gatehouse.Secret;
import dev.gatehouse.contract.CredentialLifeContract;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.store.cache.Caching;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ConsumerRepository;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;

/** The life of Credentials over H2, behind the cache that applications have. */
final class H2LifeTest extends CredentialLifeContract {
  private final JdbcDataSource database = Databases.h2();
  private final ConsumerRepository store =
      Caching.track(
          JpaConsumerStores.on(database)
              .masterKey(Secret.of("a master key of at least 32 bytes"))
              .open(),
          ChangeFeed.Tracking.DEFAULT,
          new TestClock());

  @Override
  protected ConsumerRepository store() {
    return store;
  }

  @AfterEach
  void close() {
    store.close();
    Databases.run(database, "SHUTDOWN");
  }
}
