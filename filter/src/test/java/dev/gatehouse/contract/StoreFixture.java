package dev.gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.StoredCredential;

/** The store under test. */
abstract class StoreFixture {

  /**
   * Returns the store under test: empty when a test begins, the same on each call of that test, and
   * created with {@code key} as the unique attribute of {@code key-auth}.
   */
  protected abstract ConsumerRepository store();

  /** Returns what key-auth finds for a key; never null. */
  final StoredCredential found(String key) {
    StoredCredential found = store().credential(Entries.KEY_AUTH, Entries.lookup(key));
    assertNotNull(found, "nothing under " + key);
    return found;
  }
}
