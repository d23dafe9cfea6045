package dev.gatehouse.internal.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.Profile;
import dev.gatehouse.internal.plugin.ConfiguredAuthenticator;
import dev.gatehouse.spi.plugin.AuthResult;
import dev.gatehouse.spi.plugin.CredentialLookup;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the caller of a request with the credential plugins of a Route.
 *
 * <p>All plugins must succeed, as in APISIX, and agree on the Consumer. A proved Consumer replaces
 * an anonymous one. Safe for use by several threads.
 */
final class Authentication {
  private static final Reply UNAUTHORIZED = Reply.message(401, "Invalid user authorization");

  private final CredentialResolver credentials;
  private final Profile profile;

  Authentication(CredentialResolver credentials, Profile profile) {
    this.credentials = credentials;
    this.profile = profile;
  }

  /** The result of an authentication. */
  sealed interface Result permits Identity, Refusal {}

  /**
   * Returns the identity of a request, or a refusal; null if there is neither a credential plugin
   * nor an earlier identity.
   *
   * @param before the identity of an earlier gate; a proved identity is not verified again
   */
  @Nullable Result identify(BoundRoute route, RequestView request, @Nullable Identity before) {
    if (before != null && !before.isAnonymous()) {
      return before;
    }
    if (route.guards().isEmpty() || route.auth().isEmpty()) {
      return identify(route, request, before, null);
    }
    GuardedLookup lookup = new GuardedLookup(route, request, credentials);
    request.beforeBody(lookup::end);
    try {
      Refusal refusal = lookup.begin();
      return refusal == null ? identify(route, request, before, lookup) : refusal;
    } finally {
      lookup.end();
    }
  }

  private @Nullable Result identify(
      BoundRoute route,
      GateRequest request,
      @Nullable Identity before,
      @Nullable GuardedLookup guarded) {
    CredentialLookup lookup = guarded == null ? credentials : guarded;
    Identity identity = before;
    for (ConfiguredAuthenticator<?> authenticator : route.auth()) {
      AuthResult result = authenticator.authenticate(request, lookup);
      Result outcome;
      if (result instanceof AuthResult.Authenticated proved) {
        if (guarded != null) {
          guarded.proved(proved.caller());
        }
        outcome = proved(route, authenticator, identity, proved);
      } else {
        Refusal refusal = guarded != null && isWrong(result) ? guarded.failed() : null;
        outcome = refusal == null ? unproved(route, authenticator, identity, result) : refusal;
      }
      if (outcome instanceof Refusal) {
        return outcome;
      }
      identity = (Identity) outcome;
    }
    return identity;
  }

  private Result proved(
      BoundRoute route,
      ConfiguredAuthenticator<?> authenticator,
      @Nullable Identity before,
      AuthResult.Authenticated proved) {
    StoredCredential found = proved.caller();
    if (differs(before, found.consumer())) {
      String reason = "credentials of different Consumers presented";
      return new Refusal(route.challenged(UNAUTHORIZED), authenticator.name(), reason, true);
    }
    if (proved.renewed().isPresent()) {
      credentials.renew(found, proved.renewed().get());
    }
    credentials.noteUse(found);
    return new Identity(found.consumer(), found.credential(), proved.facts());
  }

  private static boolean differs(@Nullable Identity before, Consumer found) {
    return before != null
        && !before.isAnonymous()
        && !before.consumer().username().equals(found.username());
  }

  private Result unproved(
      BoundRoute route,
      ConfiguredAuthenticator<?> authenticator,
      @Nullable Identity before,
      AuthResult result) {
    Optional<String> anonymous = authenticator.config().common().anonymousConsumer();
    if (anonymous.isPresent() && mayBeAnonymous(result)) {
      Consumer consumer = credentials.consumer(anonymous.get());
      if (consumer != null) {
        return before == null ? new Identity(consumer, null) : before;
      }
      String reason = "the anonymous consumer is not in the store";
      return new Refusal(route.challenged(UNAUTHORIZED), authenticator.name(), reason, true);
    }
    if (result instanceof AuthResult.Rejected wrong) {
      Reply reply = route.challenged(wrong.reply());
      return new Refusal(reply, authenticator.name(), wrong.reason(), true);
    }
    Reply reply = route.challenged(((AuthResult.NoCredential) result).reply());
    return new Refusal(reply, authenticator.name(), "no credential presented", false);
  }

  private boolean mayBeAnonymous(AuthResult result) {
    return result instanceof AuthResult.NoCredential
        || (isWrong(result) && profile.wrongCredentialMayBeAnonymous());
  }

  private static boolean isWrong(AuthResult result) {
    return result instanceof AuthResult.Rejected rejected && rejected.reply().status() == 401;
  }
}
