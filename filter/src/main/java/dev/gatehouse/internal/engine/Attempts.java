package dev.gatehouse.internal.engine;

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
final class Attempts implements CredentialLookup {
  private final List<GuardStep<?>> guards;
  private final GateRequest request;
  private final UsableCredentials credentials;
  private final Map<String, Optional<StoredCredential>> presented = new LinkedHashMap<>();
  private final List<Permit> reservations = new ArrayList<>();
  private PolicyRun.@Nullable Denial denial;

  Attempts(BoundRoute route, GateRequest request, UsableCredentials credentials) {
    this.guards = route.guards();
    this.request = request;
    this.credentials = credentials;
  }

  /** The refusal of a request before anything was looked at, or null. */
  PolicyRun.@Nullable Denial begin() {
    return ask(GuardStep::before, List.of());
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
    PolicyRun.Denial refused = ask(GuardStep::before, List.of(digest));
    StoredCredential found = refused == null ? credentials.find(plugin, value) : null;
    presented.put(digest, Optional.ofNullable(found));
    denial = refused == null ? denial : refused;
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
  PolicyRun.@Nullable Denial failed() {
    PolicyRun.Denial now = ask(GuardStep::failed, List.copyOf(presented.keySet()));
    PolicyRun.Denial earlier = denial;
    presented.clear();
    denial = null;
    return earlier == null ? now : earlier;
  }

  private PolicyRun.@Nullable Denial ask(
      BiFunction<GuardStep<?>, Attempt, Decision> question, List<String> values) {
    Attempt attempt = new Attempt(request.remoteAddress(), values);
    PolicyRun.Denial refused = null;
    for (GuardStep<?> guard : guards) {
      Decision decision = question.apply(guard, attempt);
      if (decision instanceof Decision.Allow allow && allow.permit() != null) {
        reservations.add(allow.permit());
      } else if (decision instanceof Decision.Deny deny && refused == null) {
        refused = new PolicyRun.Denial(guard.plugin().name(), deny);
      }
    }
    return refused;
  }
}
