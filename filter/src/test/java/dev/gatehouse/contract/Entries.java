package dev.gatehouse.contract;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Consumers and Credentials for tests, from the few words in which they differ. */
public final class Entries {
  /** The plugin that the suites use; its unique attribute is {@code key}. */
  public static final String KEY_AUTH = "key-auth";

  private static final LookupDigest DIGEST = LookupDigest.plain();

  private Entries() {}

  /** Returns a Consumer with a name only. */
  public static Consumer consumer(String username) {
    return Consumer.named(username).build();
  }

  /** Returns a Consumer whose every part says the same version, so that a torn read shows. */
  public static Consumer version(String username, int version) {
    String text = "v" + version;
    PluginSettings limit = PluginSettings.of(Map.of("count", version, "time_window", 60));
    return Consumer.named(username)
        .description(text)
        .labels(Map.of("tier", text, "only-" + text, text))
        .plugins(PluginSet.of(Map.of("limit-count", limit)))
        .build();
  }

  /** Returns a Consumer with every part set. */
  public static Consumer full(String username) {
    PluginSettings limit =
        PluginSettings.of(
            Map.of(
                "count",
                100L,
                "ratio",
                new BigDecimal("0.50"),
                "huge",
                new BigDecimal("12345678901234567890123"),
                "on",
                true,
                "text",
                "it's \"quoted\" \\ \u0000 \u00e9 \ud83d\ude80",
                "deep",
                Map.of("list", List.of("a", 2L, Map.of("b", false)))));
    return Consumer.named(username)
        .description("Robert'); DROP TABLE gatehouse_consumers;-- 100 % \n \u00e9 \ud83d\ude80")
        .label("tier", "gold")
        .group("Plan_1.a-b")
        .label("na'me\"%_\u00e9\ud83d\ude80", "a'b\"c%d_e\\f;--\u00e9\ud83d\ude80")
        .plugins(PluginSet.of(Map.of("limit-count", limit, "acl", PluginSettings.EMPTY)))
        .build();
  }

  /** Returns a key-auth Credential under the digest of a key; its name is its id. */
  public static CredentialEntry keyAuth(String id, String key) {
    return of(Credential.of(id, KEY_AUTH).build(), key);
  }

  /** Returns a Credential under the digest of a key, without settings. */
  public static CredentialEntry of(Credential credential, String key) {
    return new CredentialEntry(credential, lookup(key), PluginSettings.EMPTY);
  }

  /** Returns a Credential of another plugin with every part set. */
  public static CredentialEntry full(String id, String key) {
    Credential credential =
        Credential.of(id, "basic-auth")
            .name("na'me \"%_\u00e9\ud83d\ude80")
            .description("first line\nsecond 'line'")
            .labels(Map.of("env", "test", "team", "a%b"))
            .notBefore(Instant.parse("2026-03-29T01:30:00.000001Z"))
            .expiresAt(Instant.parse("9999-12-31T23:59:59.999999Z"))
            .disabled(true)
            .build();
    PluginSettings settings =
        PluginSettings.of(Map.of("hash", "{argon2id}$v=19$x", "rounds", 3L, "tags", List.of("a")));
    return new CredentialEntry(credential, lookup(key), settings);
  }

  /** Returns a Consumer with nothing but its name, and its Credentials. */
  public static ConsumerEntry entry(String username, CredentialEntry... credentials) {
    return new ConsumerEntry(consumer(username), List.of(credentials));
  }

  /** Returns the digest under which a key is stored. */
  public static LookupKey lookup(String key) {
    return DIGEST.of(key);
  }
}
