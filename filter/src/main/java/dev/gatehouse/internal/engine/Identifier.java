package dev.gatehouse.internal.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.Profile;
import dev.gatehouse.spi.plugin.AuthResult;
import dev.gatehouse.spi.plugin.CredentialLookup;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the credential plugins of a Route who calls.
 *
 * <p>All of them must be content, as in the reference, and they must agree on the Consumer; a
 * proved Consumer goes before an anonymous one. Safe for use by several threads.
 */
final class Identifier {
  private static final Reply NOBODY = Reply.message(401, "Invalid user authorization");

  private final UsableCredentials credentials;
  private final Profile profile;

  Identifier(UsableCredentials credentials, Profile profile) {
    this.credentials = credentials;
    this.profile = profile;
  }

  /** A caller proved on the way here is not asked again; an anonymous one is. */
  Identification identify(BoundRoute route, RequestView request, @Nullable Caller known) {
    if (known != null && !known.anonymous()) {
      return new Identification.Known(known);
    }
    if (route.guards().isEmpty() || route.auth().isEmpty()) {
      return identify(route, request, known, null);
    }
    Attempts attempts = new Attempts(route, request, credentials);
    request.beforeBody(attempts::end);
    try {
      PolicyRun.Denial denial = attempts.begin();
      return denial == null ? identify(route, request, known, attempts) : refusal(denial);
    } finally {
      attempts.end();
    }
  }

  private Identification identify(
      BoundRoute route, GateRequest request, @Nullable Caller known, @Nullable Attempts attempts) {
    CredentialLookup lookup = attempts == null ? credentials : attempts;
    Caller caller = known;
    for (AuthStep<?> step : route.auth()) {
      AuthResult result = step.run(request, lookup);
      if (result instanceof AuthResult.Authenticated proved) {
        StoredCredential found = proved.caller();
        if (attempts != null) {
          attempts.proved(found);
        }
        if (differs(caller, found.consumer())) {
          return refusal(
              route,
              step,
              new Refusal(NOBODY, "credentials of different Consumers presented", true));
        }
        proved.renewed().ifPresent(settings -> credentials.renew(found, settings));
        credentials.noteUse(found);
        caller = new Caller(found.consumer(), found.credential(), proved.facts());
        continue;
      }
      PolicyRun.Denial denial = attempts != null && isWrong(result) ? attempts.failed() : null;
      if (denial != null) {
        return refusal(denial);
      }
      Optional<Consumer> anonymous = anonymous(step, result);
      if (anonymous.isPresent()) {
        caller = caller == null ? new Caller(anonymous.get(), null) : caller;
        continue;
      }
      return refusal(route, step, result);
    }
    return new Identification.Known(caller);
  }

  private static boolean differs(@Nullable Caller caller, Consumer found) {
    return caller != null
        && !caller.anonymous()
        && !caller.consumer().username().equals(found.username());
  }

  private Optional<Consumer> anonymous(AuthStep<?> step, AuthResult result) {
    return mayBeAnonymous(result)
        ? step.config().common().anonymousConsumer().map(credentials::consumer)
        : Optional.empty();
  }

  private boolean mayBeAnonymous(AuthResult result) {
    return result instanceof AuthResult.NoCredential
        || (isWrong(result) && profile.wrongCredentialMayBeAnonymous());
  }

  private static boolean isWrong(AuthResult result) {
    return result instanceof AuthResult.Rejected rejected && rejected.reply().status() == 401;
  }

  private static Identification refusal(PolicyRun.Denial denial) {
    Decision.Deny deny = denial.decision();
    return new Identification.Unknown(deny.reply(), denial.plugin(), deny.reason(), true);
  }

  private Identification refusal(BoundRoute route, AuthStep<?> step, AuthResult result) {
    boolean missingAnonymous =
        mayBeAnonymous(result) && step.config().common().anonymousConsumer().isPresent();
    if (missingAnonymous) {
      return refusal(
          route, step, new Refusal(NOBODY, "the anonymous consumer is not in the store", true));
    }
    return refusal(
        route,
        step,
        result instanceof AuthResult.Rejected rejected
            ? new Refusal(rejected.reply(), rejected.reason(), true)
            : new Refusal(
                ((AuthResult.NoCredential) result).reply(), "no credential presented", false));
  }

  private record Refusal(Reply reply, String reason, boolean presented) {}

  /** Only a 401 carries challenges. */
  private static Identification refusal(BoundRoute route, AuthStep<?> step, Refusal refusal) {
    Reply reply = refusal.reply();
    return new Identification.Unknown(
        reply.status() == 401 ? reply.with(route.challenges()) : reply,
        step.plugin().name(),
        refusal.reason(),
        refusal.presented());
  }
}
