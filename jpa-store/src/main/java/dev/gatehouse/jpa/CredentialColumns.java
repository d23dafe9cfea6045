package dev.gatehouse.jpa;

import dev.gatehouse.Credential;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a row about a Credential, without its owner and what proves it.
 *
 * @param labels as JSON
 * @param notBefore in microseconds, as {@link StoredTime} has it
 * @param expiresAt likewise
 */
record CredentialColumns(
    String id,
    String plugin,
    String name,
    @Nullable String description,
    String labels,
    @Nullable Long notBefore,
    @Nullable Long expiresAt,
    boolean disabled) {

  /** The Credential; one object for all rows that say the same and have no dates. */
  Credential toCredential(Parsed parsed) {
    return notBefore == null && expiresAt == null ? parsed.credential(this) : made(parsed);
  }

  Credential made(Parsed parsed) {
    Credential.Builder credential =
        Credential.of(parsed.word(id), parsed.word(plugin))
            .name(parsed.word(name))
            .labels(StoredJson.labels(labels))
            .disabled(disabled);
    if (description != null) {
      credential.description(description);
    }
    if (notBefore != null) {
      credential.notBefore(StoredTime.instant(notBefore));
    }
    if (expiresAt != null) {
      credential.expiresAt(StoredTime.instant(expiresAt));
    }
    return credential.build();
  }
}
