package dev.gatehouse.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Credential;
import dev.gatehouse.contract.ConsumerRepositoryContract;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.contract.Heap;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.StoredCredential;
import dev.gatehouse.store.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends ConsumerRepositoryContract {
  private static final int MANY = 100_000;
  private final ConsumerRepository store = Stores.memory();

  @Override
  protected ConsumerRepository store() {
    return store;
  }

  @Test
  void credential_whenReadTwice_isTheSameObject() {
    store.putAll(List.of(Entries.entry("acme", Entries.keyAuth("a", "k1"))));

    assertSame(stored("k1"), stored("k1"));
  }

  @Test
  void conflict_namesTheAttributeOfThePlugin() {
    ConsumerRepository named =
        Stores.memory(plugin -> plugin.equals("basic-auth") ? "username" : "key");
    named.putAll(List.of(Entries.entry("acme", basic("a"))));
    named.put(Entries.consumer("bob"));

    ConflictException refused =
        assertThrows(ConflictException.class, () -> named.put("bob", basic("b")));

    assertEquals(
        "duplicate username of plugin basic-auth found with credential: a of consumer: acme",
        refused.getMessage());
  }

  @Test
  void putCredential_whenRefused_leavesTheOldOneAsItWas() {
    store.putAll(
        List.of(
            Entries.entry("acme", Entries.keyAuth("a", "k1")),
            Entries.entry("bob", Entries.keyAuth("b", "k2"))));

    assertThrows(ConflictException.class, () -> store.put("acme", Entries.keyAuth("a", "k2")));

    assertEquals("acme", stored("k1").consumer().username());
    assertEquals("bob", stored("k2").consumer().username());
  }

  @Test
  void putAll_withTheSameEntries_retainsThem() {
    List<ConsumerEntry> entries =
        List.of(
            Entries.entry("acme", Entries.keyAuth("a", "k1")),
            Entries.entry("bob", Entries.keyAuth("b", "k2")));
    store.putAll(entries);

    store.putAll(entries);

    assertNotNull(stored("k1"));
    assertNotNull(stored("k2"));
  }

  @Test
  void memory_perCredentialWithItsConsumer_isSmall() {
    long before = Heap.used();
    store.putAll(manyEntries());
    long each = (Heap.used() - before) / MANY;

    assertTrue(store.toString().contains("" + MANY));
    assertTrue(each <= 450, "bytes per credential and consumer: " + each);
  }

  private static List<ConsumerEntry> manyEntries() {
    Random random = new Random(1);
    List<ConsumerEntry> entries = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      LookupKey key =
          new LookupKey(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
      Credential credential = Credential.of("primary", Entries.KEY_AUTH).build();
      entries.add(
          new ConsumerEntry(
              Entries.consumer("consumer-" + i),
              List.of(new CredentialEntry(credential, key, PluginSettings.EMPTY))));
    }
    return entries;
  }

  private static CredentialEntry basic(String id) {
    return Entries.of(Credential.of(id, "basic-auth").build(), "alice");
  }

  private StoredCredential stored(String key) {
    StoredCredential found = store.credential(Entries.KEY_AUTH, Entries.lookup(key));
    assertNotNull(found);
    return found;
  }
}
