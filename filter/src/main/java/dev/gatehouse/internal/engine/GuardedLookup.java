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
 * The attempts of one request to prove who calls, under the eyes of the Route's guards.
 *
 * <p>It stands between the credential plugins and the store, and so knows what was presented
 * without knowing any plugin. Used once, by one thread.
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

  /** The refusal of a request before anything was looked at, or null. */
  @Nullable Refusal begin() {
    return ask(ConfiguredGuard::before, List.of());
  }

  /**
   * Gives back what the guards reserved: when the attempts have ended, and before a body is read,
   * which a plugin does only after the signature was right.
   */
  void end() {
    reservations.forEach(Permit::release);
    reservations.clear();
  }

  /** A refused value is not found, whether it is there or not. */
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
   * Takes note of what else was presented beside a proof, as to several plugins of which one is
   * content: whoever has one good credential must not guess others behind it.
   */
  void proved(StoredCredential proof) {
    presented.values().removeIf(found -> found.filter(proof::equals).isPresent());
    if (!presented.isEmpty()) {
      failed();
    }
  }

  /** Takes note of a failure; the answer, if there is one, takes the place of the plugin's own. */
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
