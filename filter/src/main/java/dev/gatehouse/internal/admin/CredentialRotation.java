package dev.gatehouse.internal.admin;

import dev.gatehouse.Credential;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.WholeNumber;
import dev.gatehouse.spi.store.ConsumerRepository.ListedCredential;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.Precondition;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Creates a successor of a Credential, which expires after an overlap.
 *
 * <p>The successor has the same restrictions as the earlier Credential.
 *
 * @param admin the services of the Admin API
 * @param username the username of the owner
 * @param old the earlier Credential
 * @param generated generates ids and keys
 */
record CredentialRotation(
    Administration admin, String username, ListedCredential old, GeneratedKeys generated) {
  private static final Set<String> SENT = Set.of("overlap", "name", "id", "expires_at");

  /** The settings of a Credential that contain its secret or describe its form. */
  private static final Set<String> PROOFS = Set.of("secret", "secret_key", "base64_secret");

  private static final long MAX_LENGTH = Duration.ofDays(366).toSeconds();

  /**
   * The earlier Credential with its expiry.
   *
   * @param precondition the precondition of the earlier Credential
   */
  record Ending(CredentialEntry entry, Precondition precondition) {}

  /**
   * Creates the successor and returns the response.
   *
   * @param creation creates the successor and writes the expiry of the earlier one, in one
   *     transaction
   */
  AdminResponse answer(
      AdminRequest ask, BiFunction<Map<String, Object>, Ending, AdminResponse> creation) {
    Credential credential = old.entry().credential();
    refuseUnlessUsable(credential);
    Map<String, @Nullable Object> sent = ask.body().members().orElse(Map.of());
    sent.keySet().stream()
        .filter(name -> !SENT.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw AdminException.badRequest(
                  "invalid configuration: additional properties forbidden, found " + name);
            });
    CredentialEntry ending = ending(overlap(sent.get("overlap")));
    ask.precondition().check(Optional.of(old.stamp().tag()));
    return creation.apply(
        successor(sent), new Ending(ending, Precondition.unchanged(old.stamp().tag())));
  }

  private void refuseUnlessUsable(Credential credential) {
    if (credential.plugin().equals("basic-auth")) {
      throw AdminException.badRequest(
          "a basic-auth credential keeps its username: PATCH its plugins with a new password and"
              + " previous_password instead");
    }
    if (credential.plugin().equals("jwt-auth") && old.entry().settings().value("secret") == null) {
      throw AdminException.badRequest(
          "the keys of this credential are its owner's: PUT a credential with the new public key");
    }
    if (!old.readable()) {
      throw AdminException.badRequest(
          "the secret of this credential cannot be read: PUT a new one");
    }
    if (credential.disabled() || credential.expiresAt().filter(this::isOver).isPresent()) {
      throw AdminException.badRequest(
          "a credential that is disabled or has ended cannot be rotated");
    }
  }

  private boolean isOver(Instant end) {
    return !admin.now().isBefore(end);
  }

  private Map<String, Object> successor(Map<String, @Nullable Object> sent) {
    Credential credential = old.entry().credential();
    String id = generated.id();
    Map<String, Object> members = RecordJson.members(credential);
    members.put("id", id);
    members.put("name", credential.name() + " " + id.substring(0, 8));
    Map<String, @Nullable Object> changes = new LinkedHashMap<>(sent);
    changes.remove("overlap");
    Map<String, Object> body = MergePatch.applied(members, changes);
    Map<String, Object> settings = new LinkedHashMap<>(old.entry().settings().values());
    settings.keySet().removeAll(PROOFS);
    body.put("plugins", Map.of(credential.plugin(), settings));
    return body;
  }

  private CredentialEntry ending(long overlap) {
    Credential credential = old.entry().credential();
    Instant end = admin.now().plusSeconds(overlap);
    Map<String, Object> members = RecordJson.members(credential);
    if (credential.expiresAt().filter(e -> e.isBefore(end)).isEmpty()) {
      members.put("expires_at", end.toString());
    }
    ConfigProblems mistakes = new ConfigProblems();
    Optional<Credential> ending = admin.described(credential.plugin(), members, mistakes);
    ValidationMessages.throwIfAny(mistakes);
    return new CredentialEntry(ending.orElseThrow(), old.entry().lookup(), old.entry().settings());
  }

  private static long overlap(@Nullable Object sent) {
    if (sent == null) {
      return 0;
    }
    OptionalLong seconds = WholeNumber.of(sent);
    if (seconds.isPresent() && seconds.getAsLong() >= 0 && seconds.getAsLong() <= MAX_LENGTH) {
      return seconds.getAsLong();
    }
    throw AdminException.badRequest(
        "invalid configuration: overlap: must be whole seconds from 0 to " + MAX_LENGTH);
  }
}
