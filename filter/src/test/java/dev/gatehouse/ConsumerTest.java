package dev.gatehouse;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.PluginSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumerTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static void refused(String path, Executable build) {
    ConfigException e = assertThrows(ConfigException.class, build);
    assertEquals(List.of(path), e.problems().stream().map(ConfigProblem::path).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "Acme_2-x", "-", "_", "0"})
  void username_ofTheAllowedCharacters_isAccepted(String name) {
    assertEquals(name, Consumer.named(name).build().getName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\n", "\na", "a.b", "a/b", "a:b", "\u00e4", "a\0"})
  void username_ofOtherCharacters_isRefused(String name) {
    refused("username", () -> Consumer.named(name).build());
  }

  @Test
  void username_hasAtMost512Characters() {
    assertDoesNotThrow(() -> Consumer.named("a".repeat(512)).build());
    refused("username", () -> Consumer.named("a".repeat(513)).build());
  }

  @Test
  void descriptions_areCountedInCodePoints() {
    String longest = "\ud83d\ude00".repeat(256);
    assertDoesNotThrow(() -> Consumer.named("a").description(longest).build());
    refused("desc", () -> Consumer.named("a").description(longest + "x").build());
    assertDoesNotThrow(() -> Credential.of("a", "key-auth").description(longest).build());
    refused("desc", () -> Credential.of("a", "key-auth").description(longest + "x").build());
    assertEquals(Optional.empty(), Consumer.named("a").description("").build().description());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00e4", "\u5317\u4eac", "\ud83d\ude80", "a\u00a0b", "[\"a\"]", "~!"})
  void labelValue_ofTheSchema_isAccepted(String value) {
    Consumer taken = Consumer.named("a").label("the tier", value).build();
    assertEquals(Map.of("the tier", value), taken.labels());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\r\nX: y", "a\t", "\0", "\u007f"})
  void labelValue_withBlanksOrControls_isRefused(String value) {
    refused("labels.tier", () -> Consumer.named("a").label("tier", value).build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\tb", "a\n", "\u007f"})
  void labelName_withControls_isRefused(String name) {
    refused("labels", () -> Consumer.named("a").label(name, "gold").build());
  }

  @Test
  void labels_haveAtMost256Characters_andAreCopied() {
    Map<String, String> labels = new HashMap<>(Map.of("n".repeat(256), "v".repeat(256)));
    Consumer consumer = Consumer.named("a").labels(labels).build();
    labels.clear();
    assertEquals(1, consumer.labels().size());
    assertThrows(UnsupportedOperationException.class, () -> consumer.labels().clear());
    refused("labels", () -> Consumer.named("a").label("n".repeat(257), "v").build());
    refused("labels.n", () -> Consumer.named("a").label("n", "v".repeat(257)).build());
  }

  @Test
  void consumer_printsItsNameOnly() {
    Consumer consumer = Consumer.named("acme").label("tier", "gold").description("x").build();
    assertEquals("Consumer(acme)", consumer.toString());
    assertEquals(PluginSet.EMPTY, consumer.plugins());
    assertEquals(consumer, Consumer.named("acme").label("tier", "gold").description("x").build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "a\n", "\u00e4"})
  void credentialId_ofOtherCharacters_isRefused(String id) {
    refused("id", () -> Credential.of(id, "key-auth").name("n").build());
  }

  @Test
  void credentialFields_haveTheirBounds() {
    assertDoesNotThrow(() -> Credential.of("a.-_" + "b".repeat(60), "key-auth").build());
    refused("id", () -> Credential.of("a".repeat(65), "key-auth").build());
    refused("name", () -> Credential.of("a", "key-auth").name(" ").build());
    refused("name", () -> Credential.of("a", "key-auth").name("n".repeat(257)).build());
    refused("plugin", () -> Credential.of("a", "").build());
    refused("labels.x", () -> Credential.of("a", "key-auth").labels(Map.of("x", "")).build());
    refused(
        "expires_at", () -> Credential.of("a", "key-auth").notBefore(NOON).expiresAt(NOON).build());
  }

  @Test
  void credential_isUsableFromItsFirstInstantUntilBeforeItsLast() {
    Credential c =
        Credential.of("a", "key-auth").notBefore(NOON).expiresAt(NOON.plusSeconds(1)).build();
    assertFalse(c.usableAt(NOON.minusNanos(1)));
    assertTrue(c.usableAt(NOON));
    assertTrue(c.usableAt(NOON.plusMillis(999)));
    assertFalse(c.usableAt(NOON.plusSeconds(1)));
  }

  @Test
  void credential_whenDisabled_isNeverUsable() {
    assertTrue(Credential.of("a", "key-auth").build().usableAt(NOON));
    assertFalse(Credential.of("a", "key-auth").disabled(true).build().usableAt(NOON));
  }

  @Test
  void credential_withoutName_isNamedByItsId() {
    assertEquals("a", Credential.of("a", "key-auth").build().name());
    Credential named = Credential.of("a", "key-auth").name("primary").build();
    assertEquals("primary", named.name());
    assertEquals("Credential(a key-auth)", named.toString());
  }

  @Test
  void profile_hasItsDefaults() {
    assertEquals(429, Profile.STRICT.limitRejectedCode());
    assertEquals(503, Profile.API7.limitRejectedCode());
    assertFalse(Profile.STRICT.wrongCredentialMayBeAnonymous());
    assertTrue(Profile.API7.wrongCredentialMayBeAnonymous());
    assertEquals("strict", Profile.STRICT.settingName());
    assertEquals("api7", Profile.API7.settingName());
  }
}
