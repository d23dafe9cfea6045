package dev.gatehouse.internal.auth.jwt;

import dev.gatehouse.Profile;
import dev.gatehouse.internal.http.HttpToken;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.AuthConfig;
import dev.gatehouse.spi.plugin.AuthSettings;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.PluginServices;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The settings on a Route.
 *
 * @param places the header, query parameter and cookie, in this order
 * @param userClaim the claim that names the Credential
 * @param required the claims that a token must have
 * @param checked the dates that are checked if a token has them
 * @param storeClaims whether the application can read the claims
 * @param profile the profile, which selects defaults
 * @param clock the clock
 * @param ticker a monotonic clock
 */
record JwtConfig(
    AuthSettings common,
    List<CredentialLocation> places,
    String userClaim,
    Set<String> required,
    Set<String> checked,
    boolean storeClaims,
    Profile profile,
    InstantSource clock,
    InstantSource ticker,
    List<String> challenges)
    implements AuthConfig {
  /** Reads the settings and reports their problems. */
  static JwtConfig read(SettingsReader settings, PluginServices parts) {
    AuthSettings common = AuthSettings.read(settings, "jwt");
    String header = settings.text("header", "authorization");
    if (!HttpToken.isToken(header)) {
      settings.report("header", "must be a header name (RFC 9110 token)");
    }
    String query = settings.text("query", "jwt");
    String cookie = settings.text("cookie", "jwt");
    if (!HttpToken.isToken(cookie)) {
      settings.report("cookie", "must be a cookie name (RFC 9110 token)");
    }
    String userClaim = settings.text("key_claim_name", "key");
    Set<String> required = required(settings);
    return new JwtConfig(
        common,
        List.of(
            CredentialLocation.header(header),
            CredentialLocation.query(query),
            CredentialLocation.cookie(cookie)),
        userClaim,
        required,
        checked(required, parts.profile()),
        settings.flag("store_in_ctx", false),
        parts.profile(),
        parts.clock(),
        parts.ticker(),
        List.of("Bearer realm=\"" + common.realm() + '"'));
  }

  private static Set<String> checked(Set<String> required, Profile profile) {
    Set<String> checked = new HashSet<>(TokenDates.NAMES);
    if (profile.jwtChecksListedDatesOnly() && !required.isEmpty()) {
      checked.removeAll(TokenDates.VERIFIABLE);
      checked.addAll(required);
    }
    return Set.copyOf(checked);
  }

  private static Set<String> required(SettingsReader settings) {
    List<String> claims = settings.texts("claims_to_verify", List.of());
    Set<String> distinct = Set.copyOf(claims);
    if (!TokenDates.VERIFIABLE.containsAll(distinct) || distinct.size() < claims.size()) {
      settings.report("claims_to_verify", "must hold nothing but exp and nbf, each once at most");
    }
    return distinct;
  }

  @Override
  public String toString() {
    return "jwt-auth(header="
        + places.get(0).name()
        + ", query="
        + places.get(1).name()
        + ", cookie="
        + places.get(2).name()
        + ")";
  }
}
