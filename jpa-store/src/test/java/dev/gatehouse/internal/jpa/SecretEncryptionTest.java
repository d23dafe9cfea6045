package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Consumer;
import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.Credential;
import dev.gatehouse.Secret;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.MasterKeyRotation;
import dev.gatehouse.spi.store.MasterKeyRotation.Rewrapped;
import dev.gatehouse.spi.store.Precondition;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that must be read back are encrypted in the database and bound to their place. */
class SecretEncryptionTest {
  private static final Secret MASTER = Secret.of("a master key of at least 32 bytes");
  private static final Secret OTHER = Secret.of("another master key of 32 or more");
  private static final Secret PRESENT = Secret.of("the present master key of 32 or more");
  private static final LookupKey JOHN = LookupDigest.plain().of("john-key");
  private static final LookupKey JANE = LookupDigest.plain().of("jane-key");
  private static final PluginSettings SETTINGS =
      PluginSettings.of(
          Map.of(
              "secret_key",
              Secret.of("john-s3cr3t"),
              "plain",
              "seen",
              "deep",
              List.of(Map.of("more", Secret.of("deep-s3cr3t")))));

  private final JdbcDataSource database = Databases.h2();

  @AfterEach
  void stop() {
    Databases.run(database, "SHUTDOWN");
  }

  @Test
  void secret_isReadBackAndNotReadableInTheTable() {
    try (ConsumerRepository store = open(MASTER)) {
      store.putAll(List.of(entry("john", JOHN)));
      StoredCredential found = found(store, JOHN);
      assertEquals(SETTINGS, found.settings());
      assertEquals(SETTINGS, found.consumer().plugins().get("limit"));
      store.put("john", new CredentialEntry(credential(), JOHN, SETTINGS));
      assertEquals(SETTINGS, found(store, JOHN).settings());
      store.put(consumer("john"));
      assertEquals(consumer("john"), store.consumer("john"));
    }
    String dump =
        Databases.ask(database, "SELECT settings FROM gatehouse_credentials")
            + Databases.ask(database, "SELECT plugins FROM gatehouse_consumers").toString();
    assertTrue(dump.contains("seen"), "positive control");
    assertFalse(dump.contains("s3cr3t"), dump);
  }

  @Test
  void secretOfAnotherRecord_isNotOpened() {
    try (ConsumerRepository store = open(MASTER)) {
      store.putAll(List.of(entry("john", JOHN), entry("jane", JANE)));
      assertEquals(SETTINGS, found(store, JANE).settings());
      Databases.run(
          database,
          "UPDATE gatehouse_credentials SET settings = (SELECT MIN(settings) FROM"
              + " gatehouse_credentials)");
      int failed = 0;
      for (LookupKey key : List.of(JOHN, JANE)) {
        try {
          found(store, key);
        } catch (StoreException moved) {
          assertFalse(moved.toString().contains("s3cr3t"));
          failed++;
        }
      }
      assertEquals(1, failed, "a secret at the place for which it was sealed is opened");
    }
  }

  @Test
  void secretUnderAnotherKey_isAFailureAndNotAnUnknownCaller() {
    try (ConsumerRepository store = open(MASTER)) {
      store.putAll(List.of(entry("john", JOHN)));
    }
    try (ConsumerRepository store = open(OTHER)) {
      assertThrows(StoreException.class, () -> store.credential("hmac-auth", JOHN));
    }
    try (ConsumerRepository store = JpaConsumerStores.on(database).open()) {
      assertThrows(StoreException.class, () -> store.credential("hmac-auth", JOHN));
    }
  }

  /** Several batches of both, and one record whose key is lost. */
  @Test
  void rewrap_bringsAllUnderThePresentKey_andAgainDoesNothing() {
    int many = 450;
    try (ConsumerRepository store = open(OTHER)) {
      store.putAll(List.of(entry("lost", LookupDigest.plain().of("lost"))));
    }
    try (ConsumerRepository store = open(MASTER)) {
      List<ConsumerEntry> entries = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        entries.add(entry("c" + i, LookupDigest.plain().of("k" + i)));
      }
      store.putAll(entries);
    }
    List<Secret> previous = List.of(MASTER);
    try (ConsumerRepository store =
        JpaConsumerStores.on(database).masterKey(PRESENT, previous).open()) {
      MasterKeyRotation rotation = store.masterKeyRotation().orElseThrow();
      assertEquals(SETTINGS, found(store, LookupDigest.plain().of("k7")).settings());
      assertEquals(new Rewrapped(2L * many, 2), rotation.rewrap());
      assertEquals(new Rewrapped(0, 2), rotation.rewrap());
    }
    try (ConsumerRepository store = open(PRESENT)) {
      for (int i = 0; i < many; i++) {
        StoredCredential found = found(store, LookupDigest.plain().of("k" + i));
        assertEquals(SETTINGS, found.settings());
        assertEquals(SETTINGS, found.consumer().plugins().get("limit"));
      }
    }
    try (ConsumerRepository store = open(MASTER)) {
      assertThrows(
          StoreException.class, () -> store.credential("hmac-auth", LookupDigest.plain().of("k7")));
    }
    try (ConsumerRepository store = JpaConsumerStores.on(database).open()) {
      assertThrows(ConfigException.class, () -> store.masterKeyRotation().orElseThrow().rewrap());
    }
  }

  @Test
  void secretOfAGroup_isSealedAndBoundToItsGroup() {
    ConsumerGroup gold = group("gold");
    try (ConsumerRepository store = open(MASTER)) {
      assertTrue(store.put(gold, Precondition.none()));
      assertTrue(store.put(group("blue"), Precondition.none()));
      assertEquals(gold.plugins(), store.group("gold"));
      assertEquals(gold, store.findGroup("gold").orElseThrow().group());
    }
    String dump =
        Databases.ask(database, "SELECT plugins FROM gatehouse_consumer_groups").toString();
    assertTrue(dump.contains("seen"), "positive control");
    assertFalse(dump.contains("s3cr3t"), dump);
    List<Secret> previous = List.of(MASTER);
    try (ConsumerRepository store =
        JpaConsumerStores.on(database).masterKey(PRESENT, previous).open()) {
      assertEquals(new Rewrapped(2, 0), store.masterKeyRotation().orElseThrow().rewrap());
      assertEquals(gold.plugins(), store.group("gold"));
    }
    try (ConsumerRepository store = open(OTHER)) {
      assertThrows(IllegalStateException.class, () -> store.group("gold"));
      assertEquals(2, store.listGroups().size(), "an unreadable secret hides no group");
      assertFalse(store.put(group("gold"), Precondition.none()), "replaced");
      assertEquals(gold.plugins(), store.group("gold"));
    }
    Databases.run(
        database,
        "UPDATE gatehouse_consumer_groups SET plugins = (SELECT plugins FROM"
            + " gatehouse_consumer_groups WHERE group_id = 'gold')");
    try (ConsumerRepository store = open(OTHER)) {
      assertThrows(IllegalStateException.class, () -> store.group("blue"));
    }
  }

  private static ConsumerGroup group(String id) {
    return new ConsumerGroup(
        id, Optional.empty(), Optional.empty(), Map.of(), PluginSet.of(Map.of("limit", SETTINGS)));
  }

  @Test
  void secretWithoutMasterKey_isRefusedByItsPath() {
    try (ConsumerRepository store = JpaConsumerStores.on(database).open()) {
      store.put(Consumer.named("john").build());
      ConfigException refused =
          assertThrows(
              ConfigException.class,
              () -> store.put("john", new CredentialEntry(credential(), JOHN, SETTINGS)));
      assertTrue(refused.problems().get(0).path().startsWith("plugins.hmac-auth."));
      assertFalse(String.valueOf(refused.getMessage()).contains("s3cr3t"));
    }
  }

  @Test
  void settingThatLooksSealed_isRefused() {
    try (ConsumerRepository store = open(MASTER)) {
      store.put(Consumer.named("john").build());
      PluginSettings forged = PluginSettings.of(Map.of("x", Map.of("$sealed", "v1:00:AA==")));
      assertThrows(
          ConfigException.class,
          () -> store.put("john", new CredentialEntry(credential(), JOHN, forged)));
    }
  }

  @Test
  void shortMasterKey_isRefused() {
    assertThrows(ConfigException.class, () -> open(Secret.of("short")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " a master key of at least 32 bytes",
        "a master key of at least 32 bytes ",
        "a master key of at least 32 bytes\n",
        "a master key, and of at least 32 bytes"
      })
  void masterKeyThatCannotBeNamedAsPreviousLater_isRefused(String key) {
    for (Executable start :
        List.<Executable>of(
            () -> open(Secret.of(key)).close(), () -> LookupDigest.keyed(Secret.of(key)))) {
      ConfigException refused = assertThrows(ConfigException.class, start);
      assertTrue(String.valueOf(refused.getMessage()).contains("comma"), refused.getMessage());
      assertFalse(String.valueOf(refused.getMessage()).contains(key.strip()));
    }
    open(Secret.of("a master key of at least 32 bytes")).close();
  }

  private ConsumerRepository open(Secret master) {
    return JpaConsumerStores.on(database).masterKey(master).open();
  }

  private static StoredCredential found(ConsumerRepository store, LookupKey key) {
    StoredCredential found = store.credential("hmac-auth", key);
    assertNotNull(found);
    return found;
  }

  private static Credential credential() {
    return Credential.of("one", "hmac-auth").build();
  }

  private static Consumer consumer(String username) {
    return Consumer.named(username)
        .description("d")
        .label("tier", "gold")
        .plugins(PluginSet.of(Map.of("limit", SETTINGS)))
        .build();
  }

  private static ConsumerEntry entry(String username, LookupKey lookup) {
    return new ConsumerEntry(
        consumer(username), List.of(new CredentialEntry(credential(), lookup, SETTINGS)));
  }
}
