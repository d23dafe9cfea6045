package dev.gatehouse.contract;

import static dev.gatehouse.contract.Entries.KEY_AUTH;
import static dev.gatehouse.contract.Entries.consumer;
import static dev.gatehouse.contract.Entries.keyAuth;
import static dev.gatehouse.contract.Entries.lookup;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every store promises about one Consumer and its Credentials. */
abstract class SingleWriteContract extends StoreFixture {

  @Test
  void read_whenNothingWasPut_isNull() {
    assertNull(store().credential(KEY_AUTH, lookup("k1")));
    assertNull(store().consumer("acme"));
  }

  @Test
  void credential_whenPut_comesWithItsOwner() {
    store().put(Entries.full("acme"));
    assertTrue(store().put("acme", keyAuth("primary", "k1")));

    StoredCredential found = found("k1");
    assertEquals("primary", found.credential().id());
    assertEquals(Entries.full("acme"), found.consumer());
    assertTrue(found.settings().values().isEmpty());
    assertNull(store().credential(KEY_AUTH, lookup("K1")), "another key");
    assertNull(store().credential("hmac-auth", lookup("k1")), "another plugin");
  }

  @Test
  void consumer_whenPut_readsBackExactly() {
    assertTrue(store().put(Entries.full("acme")));

    assertEquals(Entries.full("acme"), store().consumer("acme"));
  }

  @Test
  void credential_whenPut_readsBackExactly() {
    store().put(consumer("acme"));
    CredentialEntry full = Entries.full("primary", "k1");
    store().put("acme", full);

    StoredCredential found = store().credential("basic-auth", full.lookup());
    assertNotNull(found);
    assertEquals(full.credential(), found.credential());
    assertEquals(full.settings(), found.settings());
  }

  @Test
  void putConsumer_withAnInlineCredential_retainsNamedCredentials() {
    store().put(consumer("acme"));
    store().put(consumer("bob"));
    store().put("acme", keyAuth("primary", "k1"));
    Credential inline = Credential.of(Credential.inlineId(KEY_AUTH), KEY_AUTH).build();

    assertTrue(store().put("acme", Entries.of(inline, "k2")));

    assertEquals(inline, found("k2").credential());
    assertTrue(found("k2").credential().inline());
    assertFalse(found("k1").credential().inline());
    ConflictException refused =
        assertThrows(ConflictException.class, () -> store().put("bob", keyAuth("other", "k2")));
    assertEquals(
        "duplicate key of plugin key-auth found with consumer: acme", refused.getMessage());
    assertTrue(store().remove("acme", inline.id()));
    assertNull(store().credential(KEY_AUTH, lookup("k2")));
  }

  @Test
  void putConsumer_whenReplaced_isSeenThroughItsCredentialsAtOnce() {
    store().put(Entries.version("acme", 1));
    store().put("acme", keyAuth("primary", "k1"));
    store().put("acme", keyAuth("second", "k2"));
    assertEquals(Entries.version("acme", 1), found("k1").consumer());

    assertFalse(store().put(Entries.version("acme", 2)), "it was there");

    assertEquals(Entries.version("acme", 2), store().consumer("acme"));
    assertEquals(Entries.version("acme", 2), found("k1").consumer());
    assertEquals(Entries.version("acme", 2), found("k2").consumer());
  }

  @Test
  void putConsumer_whenPartsAreDropped_dropsThem() {
    store().put(Entries.full("acme"));

    store().put(consumer("acme"));

    assertEquals(consumer("acme"), store().consumer("acme"));
  }

  @Test
  void putCredential_whenReplaced_isFoundUnderTheNewKeyOnly() {
    store().put(consumer("acme"));
    store().put("acme", Entries.full("primary", "k1"));

    assertFalse(store().put("acme", keyAuth("primary", "k2")), "it was there");

    assertNull(store().credential("basic-auth", lookup("k1")));
    assertNull(store().credential(KEY_AUTH, lookup("k1")));
    assertEquals(keyAuth("primary", "k2").credential(), found("k2").credential());
  }

  @Test
  void putCredential_whenItHoldsTheKeyItself_isReplaced() {
    store().put(consumer("acme"));
    store().put("acme", keyAuth("primary", "k1"));
    Credential off = Credential.of("primary", KEY_AUTH).disabled(true).build();

    assertFalse(store().put("acme", Entries.of(off, "k1")));

    assertEquals(off, found("k1").credential());
  }

  @Test
  void renew_whenItIsStillWhatWasRead_replacesTheSettingsAndNothingElse() {
    store().put(Entries.full("acme"));
    CredentialEntry full = Entries.full("primary", "k1");
    store().put("acme", full);
    StoredCredential was = read("k1");
    PluginSettings better = PluginSettings.of(Map.of("hash", "{argon2id}better", "rounds", 4L));

    assertTrue(store().renew(was, better));

    StoredCredential now = read("k1");
    assertEquals(better, now.settings());
    assertEquals(full.credential(), now.credential());
    assertEquals(Entries.full("acme"), now.consumer());
  }

  @Test
  void renew_whenItIsNoMoreWhatWasRead_changesNothing() {
    store().put(consumer("acme"));
    store().put("acme", Entries.full("primary", "k1"));
    StoredCredential was = read("k1");
    PluginSettings better = PluginSettings.of(Map.of("hash", "better"));
    PluginSettings other = PluginSettings.of(Map.of("hash", "changed meanwhile"));
    assertTrue(store().renew(was, other));

    assertFalse(store().renew(was, better), "changed");
    assertEquals(other, read("k1").settings());

    store().put("acme", keyAuth("primary", "k1"));
    assertFalse(store().renew(was, better), "another plugin");
    assertTrue(found("k1").settings().values().isEmpty());

    store().remove("acme", "primary");
    assertFalse(store().renew(was, better), "gone");
    store().remove("acme");
    assertFalse(store().renew(was, better), "its owner gone");
    assertNull(store().credential("basic-auth", lookup("k1")));
    assertNull(store().consumer("acme"));
  }

  private StoredCredential read(String key) {
    StoredCredential found = store().credential("basic-auth", lookup(key));
    assertNotNull(found);
    return found;
  }

  @Test
  void putCredential_whenAnotherConsumerHoldsTheKey_isRefused() {
    store().put(consumer("acme"));
    store().put(consumer("bob"));
    store().put("acme", keyAuth("primary", "k1"));

    ConflictException refused =
        assertThrows(ConflictException.class, () -> store().put("bob", keyAuth("other", "k1")));

    assertEquals(
        "duplicate key of plugin key-auth found with credential: primary of consumer: acme",
        refused.getMessage());
    assertEquals("acme", found("k1").consumer().username());
    assertTrue(store().put("bob", keyAuth("other", "k2")), "nothing was written before");
  }

  @Test
  void putCredential_whenASiblingHoldsTheKey_isRefused() {
    store().put(consumer("acme"));
    store().put("acme", keyAuth("primary", "k1"));
    store().put("acme", keyAuth("second", "k2"));

    ConflictException refused =
        assertThrows(ConflictException.class, () -> store().put("acme", keyAuth("second", "k1")));

    assertEquals(
        "duplicate key of plugin key-auth found with credential: primary of consumer: acme",
        refused.getMessage());
    assertEquals("second", found("k2").credential().id(), "the old one stays");
  }

  @Test
  void putCredential_whenTheKeyIsOfAnotherPlugin_isAllowed() {
    store().put(consumer("acme"));
    store().put("acme", keyAuth("primary", "k1"));

    assertTrue(store().put("acme", Entries.full("second", "k1")));

    assertEquals("primary", found("k1").credential().id());
    StoredCredential other = store().credential("basic-auth", lookup("k1"));
    assertNotNull(other);
    assertEquals("second", other.credential().id());
  }

  @Test
  void putCredential_whenTheConsumerIsMissing_isRefused() {
    ConflictException refused =
        assertThrows(ConflictException.class, () -> store().put("acme", keyAuth("primary", "k1")));

    assertTrue(String.valueOf(refused.getMessage()).contains("acme"), refused.getMessage());
    assertNull(store().credential(KEY_AUTH, lookup("k1")));
    assertNull(store().consumer("acme"));
  }

  @Test
  void putCredential_whenASiblingHasTheName_isRefused() {
    store().put(consumer("acme"));
    store().put("acme", named("a", "Main", "k1"));

    ConflictException refused =
        assertThrows(ConflictException.class, () -> store().put("acme", named("b", "Main", "k2")));

    assertTrue(String.valueOf(refused.getMessage()).contains("Main"), refused.getMessage());
    assertNull(store().credential(KEY_AUTH, lookup("k2")));
    assertTrue(store().put("acme", named("b", "main", "k2")), "names are case-sensitive");
    assertFalse(store().put("acme", named("a", "Main", "k3")), "its own name");
  }

  @Test
  void putCredential_whenAnotherConsumerHasTheIdAndName_isAllowed() {
    store().put(consumer("acme"));
    store().put(consumer("bob"));
    store().put("acme", keyAuth("primary", "k1"));

    assertTrue(store().put("bob", keyAuth("primary", "k2")));

    assertEquals("acme", found("k1").consumer().username());
    assertEquals("bob", found("k2").consumer().username());
  }

  @Test
  void remove_ofAConsumer_takesItsCredentialsWithIt() {
    store().put(Entries.full("acme"));
    store().put("acme", keyAuth("primary", "k1"));
    store().put(consumer("bob"));
    store().put("bob", keyAuth("primary", "k2"));

    assertTrue(store().remove("acme"));

    assertNull(store().consumer("acme"));
    assertNull(store().credential(KEY_AUTH, lookup("k1")));
    assertEquals("bob", found("k2").consumer().username());
    assertFalse(store().remove("acme"));
    assertTrue(store().put("bob", keyAuth("second", "k1")), "the key is free");
    assertTrue(store().put(consumer("acme")), "the name is free");
    assertEquals(consumer("acme"), store().consumer("acme"));
  }

  @Test
  void remove_ofACredential_leavesTheRest() {
    store().put(consumer("acme"));
    store().put("acme", keyAuth("primary", "k1"));
    store().put("acme", keyAuth("second", "k2"));

    assertTrue(store().remove("acme", "primary"));

    assertNull(store().credential(KEY_AUTH, lookup("k1")));
    assertEquals("second", found("k2").credential().id());
    assertFalse(store().remove("acme", "primary"));
    assertFalse(store().remove("nobody", "second"));
    assertTrue(store().put("acme", keyAuth("primary", "k1")), "key, id and name are free");
  }

  @Test
  void consumer_whenNamesDifferLittle_areDifferent() {
    String longest = "x".repeat(511);
    for (String name :
        new String[] {"acme", "Acme", "a_me", "a-me", longest + "a", longest + "b"}) {
      assertTrue(store().put(Consumer.named(name).description("I am " + name.length()).build()));
    }

    assertTrue(store().remove("a_me"), "no pattern");

    assertNotNull(store().consumer("acme"));
    assertEquals(512, username(longest + "b").length());
    assertNull(store().consumer("ACME"));
    assertNull(store().consumer("%"));
    assertNull(store().consumer("' OR '1'='1"));
  }

  @Test
  void credential_whenTextsAreAtTheirLongest_readsBackExactly() {
    Credential longest =
        Credential.of("i".repeat(64), KEY_AUTH)
            .name("\ud83d\ude80".repeat(256))
            .description("\u00e9".repeat(256))
            .labels(Map.of("\u00e9".repeat(256), "v".repeat(256)))
            .build();
    store().put(consumer("acme"));

    store().put("acme", Entries.of(longest, "k1"));

    assertEquals(longest, found("k1").credential());
  }

  private String username(String name) {
    Consumer found = store().consumer(name);
    assertNotNull(found);
    return found.username();
  }

  private static CredentialEntry named(String id, String name, String key) {
    return Entries.of(Credential.of(id, KEY_AUTH).name(name).build(), key);
  }
}
