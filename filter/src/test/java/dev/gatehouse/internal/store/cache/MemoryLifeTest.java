package dev.gatehouse.internal.store.cache;

import dev.gatehouse.contract.CredentialLifeContract;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.store.Stores;

/** The life of Credentials over the store in memory. */
final class MemoryLifeTest extends CredentialLifeContract {
  private final ConsumerRepository store = Stores.memory();

  @Override
  protected ConsumerRepository store() {
    return store;
  }
}
