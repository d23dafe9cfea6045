package dev.gatehouse.auth;

import dev.gatehouse.Mistakes;
import dev.gatehouse.PluginSettings;
import dev.gatehouse.SettingsReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a Credential of {@code jwt-auth} asks of a token.
 *
 * @param material verifies the signature
 * @param grace seconds by which the dates of a token may be missed
 * @param issuer what {@code iss} must be, if it matters
 * @param audience what {@code aud} must be or hold, if it matters
 */
record JwtCredential(
    JwtKey material, long grace, Optional<String> issuer, Optional<String> audience) {

  /** A year; a longer grace would rather be a longer token. */
  private static final long MOST_GRACE = 31_536_000;

  /** Reads the settings, and reports what is wrong; empty when there is no key to verify with. */
  static Optional<JwtCredential> read(SettingsReader settings) {
    long grace = settings.integer("lifetime_grace_period", 0, MOST_GRACE, 0);
    Optional<String> issuer = settings.nonEmpty("issuer");
    Optional<String> audience = settings.nonEmpty("audience");
    return KeyMaterial.read(settings).map(key -> new JwtCredential(key, grace, issuer, audience));
  }

  /** What a store has kept; empty when it cannot be used, so that nothing is verified by it. */
  static Optional<JwtCredential> of(PluginSettings kept) {
    Mistakes mistakes = new Mistakes();
    Optional<JwtCredential> read = read(kept.read("", mistakes));
    return mistakes.found().isEmpty() ? read : Optional.empty();
  }

  /** What a store must keep so that {@link #of} can read it. */
  PluginSettings kept(SettingsReader settings) {
    Map<String, Object> kept = new LinkedHashMap<>();
    kept.put("algorithm", material.algorithm().id());
    if (material.algorithm().isHmac()) {
      kept.put("secret", settings.requiredSecret("secret"));
      kept.put("base64_secret", settings.flag("base64_secret", false));
    } else {
      kept.put("public_key", settings.requiredText("public_key"));
    }
    kept.put("lifetime_grace_period", grace);
    issuer.ifPresent(text -> kept.put("issuer", text));
    audience.ifPresent(text -> kept.put("audience", text));
    return PluginSettings.of(kept);
  }
}
