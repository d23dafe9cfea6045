package dev.gatehouse.internal.store;

import dev.gatehouse.Consumer;
import dev.gatehouse.spi.store.ConsumerRepository.Stamp;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.StoredCredential;

/**
 * A Credential in memory with the key under which it is found.
 *
 * @param version grows with every write of the store
 */
record StoredEntry(LookupKey lookup, StoredCredential stored, long version) {
  static StoredEntry of(Consumer owner, CredentialEntry entry, long version) {
    return new StoredEntry(
        entry.lookup(), new StoredCredential(entry.credential(), owner, entry.settings()), version);
  }

  /** Returns the same Credential of a Consumer that was replaced. */
  StoredEntry ownedBy(Consumer owner) {
    return new StoredEntry(
        lookup, new StoredCredential(stored.credential(), owner, stored.settings()), version);
  }

  CredentialEntry entry() {
    return new CredentialEntry(stored.credential(), lookup, stored.settings());
  }

  String id() {
    return stored.credential().id();
  }

  String plugin() {
    return stored.credential().plugin();
  }

  Stamp stamp() {
    return ConsumerRecord.stamp(version);
  }
}
