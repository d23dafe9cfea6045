package dev.gatehouse.internal.store;

import dev.gatehouse.Consumer;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository.ListedConsumer;
import dev.gatehouse.spi.store.ConsumerRepository.Stamp;
import dev.gatehouse.spi.store.CredentialEntry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Consumer in memory with its Credentials.
 *
 * @param credentials by id
 * @param version grows with every write of the store
 */
record ConsumerRecord(Consumer consumer, Map<String, StoredEntry> credentials, long version) {
  /** Copies the map. */
  ConsumerRecord {
    credentials = Map.copyOf(credentials);
  }

  static ConsumerRecord of(ConsumerEntry entry, long version) {
    return new ConsumerRecord(entry.consumer(), Map.of(), version)
        .with(entry.credentials(), version);
  }

  /** Returns this Consumer with more Credentials, which replace those of the same id. */
  ConsumerRecord with(List<CredentialEntry> entries, long entryVersion) {
    Map<String, StoredEntry> after = new LinkedHashMap<>(credentials);
    entries.forEach(
        one -> after.put(one.credential().id(), StoredEntry.of(consumer, one, entryVersion)));
    return new ConsumerRecord(consumer, after, version);
  }

  /** Returns the Credentials of this record under another Consumer. */
  ConsumerRecord ownedBy(Consumer owner, long ownerVersion) {
    Map<String, StoredEntry> after = new LinkedHashMap<>();
    credentials.forEach((id, one) -> after.put(id, one.ownedBy(owner)));
    return new ConsumerRecord(owner, after, ownerVersion);
  }

  /** Returns this record without its inline Credentials. */
  ConsumerRecord withoutInline() {
    Map<String, StoredEntry> after = new LinkedHashMap<>(credentials);
    after.values().removeIf(one -> one.stored().credential().inline());
    return new ConsumerRecord(consumer, after, version);
  }

  /** Returns this record without one Credential. */
  ConsumerRecord without(String credentialId) {
    Map<String, StoredEntry> after = new LinkedHashMap<>(credentials);
    after.remove(credentialId);
    return new ConsumerRecord(consumer, after, version);
  }

  ConsumerEntry entry() {
    return new ConsumerEntry(
        consumer, credentials.values().stream().map(StoredEntry::entry).toList());
  }

  Stamp stamp() {
    return stamp(version);
  }

  ListedConsumer listed() {
    return new ListedConsumer(consumer, stamp());
  }

  /** Returns the tag of a Credential, or empty if there is none of this id. */
  Optional<String> tag(String credentialId) {
    return Optional.ofNullable(credentials.get(credentialId)).map(one -> one.stamp().tag());
  }

  /** Records in memory have no times. */
  static Stamp stamp(long version) {
    return new Stamp(version, Instant.EPOCH, Instant.EPOCH);
  }
}
