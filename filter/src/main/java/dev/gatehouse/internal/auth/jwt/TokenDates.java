package dev.gatehouse.internal.auth.jwt;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The dates of a token, taken out of its claims once. {@code exp} must be after the present time
 * minus the grace period, {@code nbf} at or before the present time plus the grace period. APISIX
 * refuses a token in the second of its {@code nbf}.
 *
 * <p>Each is a number of seconds since 1970, rounded up, which changes no comparison with a whole
 * second, or {@link #ABSENT} or {@link #MALFORMED}.
 *
 * @param exp the first second in which the token is not valid
 * @param nbf the first second in which the token is valid
 * @param iat the second in which the token was issued
 */
record TokenDates(long exp, long nbf, long iat) {
  static final List<String> VERIFIABLE = List.of("exp", "nbf");

  /** The claims that are dates. */
  static final Set<String> NAMES = Set.of("exp", "nbf", "iat");

  private static final long ABSENT = Long.MIN_VALUE;
  private static final long MALFORMED = Long.MAX_VALUE;

  /** Larger numbers are not exact in a reader that uses doubles (RFC 7493). */
  private static final BigDecimal FARTHEST = BigDecimal.valueOf((1L << 53) - 1);

  /** Reads the dates of claims. */
  static TokenDates of(Map<String, @Nullable Object> claims) {
    return new TokenDates(date(claims, "exp"), date(claims, "nbf"), date(claims, "iat"));
  }

  private static long date(Map<String, @Nullable Object> claims, String name) {
    Object claim = claims.get(name);
    if (claim == null && !claims.containsKey(name)) {
      return ABSENT;
    }
    BigDecimal exact = claim instanceof BigDecimal decimal ? decimal : null;
    if (claim instanceof Long whole) {
      exact = BigDecimal.valueOf(whole);
    }
    return exact == null || exact.abs().compareTo(FARTHEST) > 0
        ? MALFORMED
        : exact.setScale(0, RoundingMode.CEILING).longValueExact();
  }

  /**
   * Returns the problem for the log, or null.
   *
   * @param config the required and the checked dates
   * @param grace the tolerance in seconds
   * @param now the present time, in seconds since 1970
   */
  @Nullable String problem(JwtConfig config, long grace, long now) {
    for (String name : config.checked()) {
      long date = date(name);
      if (date == MALFORMED) {
        return name + " is not a date";
      }
      if (date == ABSENT && config.required().contains(name)) {
        return name + " is missing";
      }
    }
    if (exp != ABSENT && exp <= now - grace && config.checked().contains("exp")) {
      return "the token has expired";
    }
    return nbf != ABSENT && nbf > now + grace && config.checked().contains("nbf")
        ? "the token is not valid yet"
        : null;
  }

  private long date(String name) {
    return switch (name) {
      case "exp" -> exp;
      case "nbf" -> nbf;
      default -> iat;
    };
  }
}
