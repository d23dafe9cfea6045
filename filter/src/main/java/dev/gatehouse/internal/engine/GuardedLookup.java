package dev.gatehouse.internal.engine;

import dev.gatehouse.internal.plugin.Attempt;
import dev.gatehouse.internal.plugin.ConfiguredGuard;
import dev.gatehouse.spi.plugin.CredentialLookup;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.Permit;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The lookup of a request's credentials, with the guards of the Route.
 *
 * <p>It is between the credential plugins and the store, so it sees every presented value. Single
 * use; not safe for use by several threads.
 */
final class GuardedLookup implements CredentialLookup {
  private final List<ConfiguredGuard<?>> guards;
  private final GateRequest request;
  private final CredentialResolver credentials;
  private final Map<String, Optional<StoredCredential>> presented = new LinkedHashMap<>();
  private final List<Permit> reservations = new ArrayList<>();
  private @Nullable Refusal refusal;

  GuardedLookup(BoundRoute route, GateRequest request, CredentialResolver credentials) {
    this.guards = route.guards();
    this.request = request;
    this.credentials = credentials;
  }

  /** Returns the refusal before any lookup, or null. */
  @Nullable Refusal begin() {
    return ask(ConfiguredGuard::before, List.of());
  }

  /**
   * Releases the reservations of the guards: after the attempts, and before a body is read, which a
   * plugin does only after it has verified the signature.
   */
  void end() {
    reservations.forEach(Permit::release);
    reservations.clear();
  }

  /** Returns the Credential of a value, or null. A value that a guard refuses is not found. */
  @Override
  public @Nullable StoredCredential find(String plugin, String value) {
    String digest = credentials.digest(plugin, value);
    Refusal refused = ask(ConfiguredGuard::before, List.of(digest));
    StoredCredential found = refused == null ? credentials.find(plugin, value) : null;
    presented.put(digest, Optional.ofNullable(found));
    refusal = refused == null ? refusal : refused;
    return found;
  }

  /**
   * Reports the other values that were presented beside a proof, for example to {@code multi-auth}:
   * a caller with one valid credential must not guess others.
   */
  void proved(StoredCredential proof) {
    presented.values().removeIf(found -> found.filter(proof::equals).isPresent());
    if (!presented.isEmpty()) {
      failed();
    }
  }

  /** Reports a failure. Returns a refusal that replaces the plugin's own, or null. */
  @Nullable Refusal failed() {
    Refusal now = ask(ConfiguredGuard::failed, List.copyOf(presented.keySet()));
    Refusal earlier = refusal;
    presented.clear();
    refusal = null;
    return earlier == null ? now : earlier;
  }

  private @Nullable Refusal ask(
      BiFunction<ConfiguredGuard<?>, Attempt, Decision> question, List<String> values) {
    Attempt attempt = new Attempt(request.remoteAddress(), values);
    Refusal refused = null;
    for (ConfiguredGuard<?> guard : guards) {
      Decision decision = question.apply(guard, attempt);
      if (decision instanceof Decision.Allow allow && allow.permit() != null) {
        reservations.add(allow.permit());
      } else if (decision instanceof Decision.Deny deny && refused == null) {
        refused = Refusal.of(guard.plugin().name(), deny);
      }
    }
    return refused;
  }
}
