package dev.gatehouse;

import java.util.List;

/**
 * Which defaults hold: Gatehouse's own, or those of the reference for people who migrate.
 *
 * <p>Every difference between the two is one method here, so that no other code asks which profile
 * is in force.
 */
public enum Profile {
  /** Gatehouse's own defaults. */
  STRICT,
  /** The reference's defaults, as far as they are harmless. */
  API7;

  /** The status of a refused limit when {@code rejected_code} is not set: 429, or 503 in api7. */
  public int limitRejectedCode() {
    return this == STRICT ? 429 : 503;
  }

  /** Whether a wrong credential may fall to the anonymous Consumer as a missing one does. */
  public boolean wrongCredentialMayBeAnonymous() {
    return this == API7;
  }

  /** Whether {@code jwt-auth} verifies with short secrets and RSA keys of less than 2048 bits. */
  public boolean weakJwtKeysVerify() {
    return this == API7;
  }

  /** Whether {@code jwt-auth} has a message of its own for keys that do not exist. */
  public boolean jwtTellsUnknownKeys() {
    return this == API7;
  }

  /**
   * Whether {@code jwt-auth} takes tokens of other kinds than access tokens, tokens that are bound
   * to a certificate or key, and key sets without an audience.
   */
  public boolean jwtTakesOtherKinds() {
    return this == API7;
  }

  /**
   * Whether {@code claims_to_verify} of {@code jwt-auth}, if it is not empty, also says which of
   * {@code exp} and {@code nbf} are looked at.
   */
  public boolean jwtChecksListedDatesOnly() {
    return this == API7;
  }

  /** Whether a Credential of {@code jwt-auth} keeps {@code exp}, which nothing uses. */
  public boolean jwtShowsUnusedLife() {
    return this == API7;
  }

  /**
   * The {@code allowed_algorithms} of hmac-auth when they are not set: hmac-sha256 and hmac-sha512,
   * and hmac-sha1 too in api7.
   */
  public List<String> hmacAlgorithms() {
    return this == STRICT
        ? List.of("hmac-sha256", "hmac-sha512")
        : List.of("hmac-sha1", "hmac-sha256", "hmac-sha512");
  }

  /**
   * The {@code signed_headers} of hmac-auth when they are not set: the request target and the date,
   * or the date alone in api7.
   */
  public List<String> hmacSignedHeaders() {
    return this == STRICT ? List.of("@request-target", "date") : List.of("date");
  }

  /** Whether the date must be signed even when {@code signed_headers} does not name it. */
  public boolean hmacAlwaysSignsDate() {
    return this == STRICT;
  }

  /** Whether a header that is listed as signed but absent is skipped instead of refused. */
  public boolean hmacSkipsAbsentHeaders() {
    return this == API7;
  }

  /** Whether the digest must be signed when the body is validated. */
  public boolean hmacSignsDigest() {
    return this == STRICT;
  }

  /** Whether a date may also have the two older forms of HTTP, and any zone's name. */
  public boolean hmacTakesOldDates() {
    return this == API7;
  }

  /** Whether {@code cors} answers every {@code OPTIONS}, or real preflights only. */
  public boolean corsAnswersAllOptions() {
    return this == API7;
  }

  /** Whether {@code cors} refuses to let pages of any origin send credentials. */
  public boolean corsRefusesAnyOriginWithCredentials() {
    return this == STRICT;
  }

  /** The name in a configuration: {@code strict} or {@code api7}. */
  public String settingName() {
    return this == STRICT ? "strict" : "api7";
  }
}
