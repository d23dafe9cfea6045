package dev.gatehouse.internal.store;

import dev.gatehouse.Consumer;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A Consumer in memory with its Credentials, no two of which have one name.
 *
 * @param credentials by id
 */
record ConsumerRecord(Consumer consumer, Map<String, Held> credentials) {
  static final Map<String, Held> NONE = Map.of();

  /**
   * Copies the map.
   *
   * @throws ConflictException if two of them have one name
   */
  ConsumerRecord {
    Set<String> names = new HashSet<>();
    for (Held held : credentials.values()) {
      if (!names.add(held.stored().credential().name())) {
        throw new ConflictException(
            "duplicate credential name: %s of consumer: %s"
                .formatted(held.stored().credential().name(), consumer.username()));
      }
    }
    credentials = Map.copyOf(credentials);
  }

  /** A Credential with the key under which it is found. */
  record Held(LookupKey lookup, StoredCredential stored) {
    static Held of(Consumer owner, CredentialEntry entry) {
      return new Held(
          entry.lookup(), new StoredCredential(entry.credential(), owner, entry.settings()));
    }

    Held ownedBy(Consumer owner) {
      return new Held(lookup, new StoredCredential(stored.credential(), owner, stored.settings()));
    }

    CredentialEntry entry() {
      return new CredentialEntry(stored.credential(), lookup, stored.settings());
    }

    String id() {
      return stored.credential().id();
    }
  }

  static ConsumerRecord of(ConsumerEntry entry) {
    Map<String, Held> credentials = new LinkedHashMap<>();
    for (CredentialEntry one : entry.credentials()) {
      Held held = Held.of(entry.consumer(), one);
      if (credentials.put(held.id(), held) != null) {
        throw new ConflictException(
            "credential given twice: %s of consumer: %s"
                .formatted(held.id(), entry.consumer().username()));
      }
    }
    return new ConsumerRecord(entry.consumer(), credentials);
  }

  ConsumerEntry entry() {
    return new ConsumerEntry(consumer, credentials.values().stream().map(Held::entry).toList());
  }
}
