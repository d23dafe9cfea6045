package dev.gatehouse.internal.auth.jwt;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The check of a token's claims. {@code exp} must be after the present time minus the grace period,
 * {@code nbf} at or before the present time plus the grace period. APISIX refuses a token in the
 * second of its {@code nbf}.
 */
final class JwtClaims {
  static final List<String> VERIFIABLE = List.of("exp", "nbf");

  /** The claims that are dates. */
  static final Set<String> DATES = Set.of("exp", "nbf", "iat");

  /** Larger numbers are not exact in a reader that uses doubles (RFC 7493). */
  private static final BigDecimal FARTHEST = BigDecimal.valueOf((1L << 53) - 1);

  private JwtClaims() {}

  /**
   * Returns the problem for the log, or null.
   *
   * @param config the required and the checked dates
   * @param now the present time, in seconds since 1970
   */
  static @Nullable String problem(
      Map<String, @Nullable Object> claims, JwtConfig config, JwtCredential credential, long now) {
    Set<String> checked = config.checked();
    for (String date : checked) {
      if (claims.containsKey(date) && seconds(claims.get(date)) == null) {
        return date + " is not a date";
      }
      if (config.required().contains(date) && !claims.containsKey(date)) {
        return date + " is missing";
      }
    }
    BigDecimal exp = checked.contains("exp") ? seconds(claims.get("exp")) : null;
    if (exp != null && exp.compareTo(BigDecimal.valueOf(now - credential.grace())) <= 0) {
      return "the token has expired";
    }
    BigDecimal nbf = checked.contains("nbf") ? seconds(claims.get("nbf")) : null;
    if (nbf != null && nbf.compareTo(BigDecimal.valueOf(now + credential.grace())) > 0) {
      return "the token is not valid yet";
    }
    return parties(claims, credential);
  }

  private static @Nullable String parties(
      Map<String, @Nullable Object> claims, JwtCredential credential) {
    Object issuer = claims.get("iss");
    if (credential.issuer().isPresent() && !credential.issuer().get().equals(issuer)) {
      return "the token is of another issuer";
    }
    Object audience = claims.get("aud");
    boolean meant =
        credential.audience().isEmpty()
            || credential.audience().get().equals(audience)
            || (audience instanceof List<?> all && all.contains(credential.audience().get()));
    return meant ? null : "the token is for another audience";
  }

  private static @Nullable BigDecimal seconds(@Nullable Object claim) {
    BigDecimal value = null;
    if (claim instanceof Long whole) {
      value = BigDecimal.valueOf(whole);
    } else if (claim instanceof BigDecimal exact) {
      value = exact;
    }
    return value == null || value.abs().compareTo(FARTHEST) > 0 ? null : value;
  }
}
