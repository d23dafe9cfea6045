package dev.gatehouse.internal.auth.jwt;

import dev.gatehouse.Secret;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.settings.SettingsReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The requirements of a Credential of {@code jwt-auth} on a token.
 *
 * @param algorithm the required {@code alg}
 * @param material the key; empty if the Credential has a key set
 * @param set the location of the key set; empty if the Credential has a key
 * @param grace the tolerance for the dates of a token, in seconds
 * @param issuer the required {@code iss}, if any
 * @param audience the required value or element of {@code aud}, if any
 */
record JwtCredential(
    JwtAlgorithm algorithm,
    Optional<JwtKey> material,
    Optional<JwksLocation> set,
    long grace,
    Optional<String> issuer,
    Optional<String> audience) {

  /** One year, in seconds. */
  private static final long MAX_GRACE = 31_536_000;

  /** Reads the settings and reports their problems. Returns empty if there is no usable key. */
  static Optional<JwtCredential> read(SettingsReader settings) {
    JwtAlgorithm algorithm =
        JwtAlgorithm.of(settings.choice("algorithm", JwtAlgorithm.ids(), "HS256"));
    long grace = settings.integer("lifetime_grace_period", 0, MAX_GRACE, 0);
    Optional<String> issuer = settings.nonEmpty("issuer");
    Optional<String> audience = settings.nonEmpty("audience");
    boolean hasSet = setName(settings).isPresent();
    Optional<JwksLocation> set = hasSet ? set(settings, algorithm) : Optional.empty();
    Optional<JwtKey> material = hasSet ? Optional.empty() : JwtKeyReader.read(settings, algorithm);
    return set.isEmpty() && material.isEmpty()
        ? Optional.empty()
        : Optional.of(new JwtCredential(algorithm, material, set, grace, issuer, audience));
  }

  private static Optional<JwksLocation> set(SettingsReader settings, JwtAlgorithm algorithm) {
    boolean single = settings.has("public_key");
    if (algorithm.isHmac() || single) {
      settings.report(
          setName(settings).orElseThrow(),
          algorithm.isHmac()
              ? "is for algorithms with a public key; algorithm is " + algorithm.id()
              : "must not be combined with public_key");
      return Optional.empty();
    }
    return JwksLocation.read(settings, algorithm);
  }

  private static Optional<String> setName(SettingsReader settings) {
    return Stream.of(JwksLocation.URI_SETTING, JwksLocation.FILE_SETTING)
        .filter(settings::has)
        .findFirst();
  }

  /** Reads stored settings. Returns empty if they are unusable. */
  static Optional<JwtCredential> of(PluginSettings kept) {
    ConfigProblems mistakes = new ConfigProblems();
    Optional<JwtCredential> read = read(kept.read("", mistakes));
    return mistakes.found().isEmpty() ? read : Optional.empty();
  }

  /** Returns why claims are of another issuer or for another audience, for the log, or null. */
  @Nullable String problem(Map<String, @Nullable Object> claims) {
    if (issuer.isPresent() && !issuer.get().equals(claims.get("iss"))) {
      return "the token is of another issuer";
    }
    Object meant = claims.get("aud");
    boolean fits =
        audience.isEmpty()
            || audience.get().equals(meant)
            || (meant instanceof List<?> all && all.contains(audience.get()));
    return fits ? null : "the token is for another audience";
  }

  /** Returns the settings that a store must hold for {@link #of}. */
  PluginSettings storedSettings(SettingsReader settings) {
    Map<String, Object> kept = new LinkedHashMap<>();
    kept.put("algorithm", algorithm.id());
    if (algorithm.isHmac()) {
      kept.put("secret", settings.requiredSecret("secret"));
      kept.put("base64_secret", settings.flag("base64_secret", false));
    } else if (set.isEmpty()) {
      kept.put("public_key", settings.requiredText("public_key"));
    } else {
      String name = setName(settings).orElseThrow();
      String place = settings.requiredText(name);
      boolean secret = set.get().place().getRawQuery() != null;
      kept.put(name, secret ? Secret.of(place) : place);
      kept.put(JwksLocation.AGE_SETTING, set.get().maxAge());
    }
    kept.put("lifetime_grace_period", grace);
    issuer.ifPresent(text -> kept.put("issuer", text));
    audience.ifPresent(text -> kept.put("audience", text));
    return PluginSettings.of(kept);
  }
}
