package dev.gatehouse;

import java.util.List;

/**
 * A set of defaults: those of Gatehouse, or those of APISIX for migrations.
 *
 * <p>Each difference between the two is a method here, so that no other code compares profiles.
 */
public enum Profile {
  /** The defaults of Gatehouse. */
  STRICT,
  /** The defaults of APISIX, except for unsafe ones. */
  API7;

  /** Returns the default of {@code rejected_code}: 429, or 503 in api7. */
  public int limitRejectedCode() {
    return this == STRICT ? 429 : 503;
  }

  /** Returns whether a request with a wrong credential may become the anonymous Consumer. */
  public boolean wrongCredentialMayBeAnonymous() {
    return this == API7;
  }

  /** Returns whether {@code jwt-auth} verifies with short secrets and RSA keys below 2048 bits. */
  public boolean weakJwtKeysVerify() {
    return this == API7;
  }

  /** Returns whether {@code jwt-auth} has a different message for unknown keys. */
  public boolean jwtRevealsUnknownKeys() {
    return this == API7;
  }

  /**
   * Returns whether {@code jwt-auth} accepts other tokens than access tokens, tokens that are bound
   * to a certificate or key, and key sets without an audience.
   */
  public boolean jwtTakesOtherKinds() {
    return this == API7;
  }

  /**
   * Returns whether a non-empty {@code claims_to_verify} of {@code jwt-auth} also selects which of
   * {@code exp} and {@code nbf} are checked.
   */
  public boolean jwtChecksListedDatesOnly() {
    return this == API7;
  }

  /** Returns whether a Credential of {@code jwt-auth} stores {@code exp}, which has no effect. */
  public boolean jwtShowsUnusedLife() {
    return this == API7;
  }

  /**
   * Returns the default of {@code allowed_algorithms} of hmac-auth: hmac-sha256 and hmac-sha512,
   * and in api7 also hmac-sha1.
   */
  public List<String> hmacAlgorithms() {
    return this == STRICT
        ? List.of("hmac-sha256", "hmac-sha512")
        : List.of("hmac-sha1", "hmac-sha256", "hmac-sha512");
  }

  /**
   * Returns the default of {@code signed_headers} of hmac-auth: the request target and the date, or
   * the date alone in api7.
   */
  public List<String> hmacSignedHeaders() {
    return this == STRICT ? List.of("@request-target", "date") : List.of("date");
  }

  /** Returns whether the date must be signed even if {@code signed_headers} does not name it. */
  public boolean hmacAlwaysSignsDate() {
    return this == STRICT;
  }

  /** Returns whether a signed header that is absent is skipped instead of refused. */
  public boolean hmacSkipsAbsentHeaders() {
    return this == API7;
  }

  /** Returns whether the digest must be signed if the body is validated. */
  public boolean hmacSignsDigest() {
    return this == STRICT;
  }

  /** Returns whether a date may have the two obsolete forms of HTTP and any zone name. */
  public boolean hmacTakesOldDates() {
    return this == API7;
  }

  /** Returns whether {@code cors} answers every {@code OPTIONS} request, or preflights only. */
  public boolean corsAnswersAllOptions() {
    return this == API7;
  }

  /** Returns whether {@code cors} refuses the combination of any origin and credentials. */
  public boolean corsRefusesAnyOriginWithCredentials() {
    return this == STRICT;
  }

  /** Returns the name in a configuration: {@code strict} or {@code api7}. */
  public String settingName() {
    return this == STRICT ? "strict" : "api7";
  }
}
