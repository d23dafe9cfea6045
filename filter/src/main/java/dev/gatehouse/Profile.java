package dev.gatehouse;

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

  /** The name in a configuration: {@code strict} or {@code api7}. */
  public String settingName() {
    return this == STRICT ? "strict" : "api7";
  }
}
