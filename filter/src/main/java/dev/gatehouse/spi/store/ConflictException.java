package dev.gatehouse.spi.store;

import dev.gatehouse.Credential;

/**
 * Thrown if another record prevents a write: a used lookup value or name, a missing Consumer, or a
 * concurrent change. Nothing was written.
 */
public final class ConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The kinds of conflicts. */
  public enum Kind {
    /** Another record has the value. */
    TAKEN,
    /** There is no such Consumer. */
    NO_OWNER,
    /** Other writes came first repeatedly. */
    OVERTAKEN
  }

  private final Kind kind;

  /**
   * Creates an exception of the kind {@link Kind#TAKEN}.
   *
   * @param message for the client that writes; never contains a secret
   */
  public ConflictException(String message) {
    this(Kind.TAKEN, message);
  }

  /**
   * Creates an exception.
   *
   * @param message for the client that writes; never contains a secret
   */
  public ConflictException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Returns the kind of conflict. */
  public Kind kind() {
    return kind;
  }

  /**
   * Returns the refusal of a lookup value that another Credential has, with the message of APISIX.
   *
   * @param attribute the unique setting of the plugin
   * @param credentialId the other Credential
   * @param username its Consumer
   */
  public static ConflictException duplicate(
      String attribute, String plugin, String credentialId, String username) {
    String holder =
        credentialId.equals(Credential.inlineId(plugin))
            ? "consumer: " + username
            : "credential: %s of consumer: %s".formatted(credentialId, username);
    return new ConflictException(
        "duplicate %s of plugin %s found with %s".formatted(attribute, plugin, holder));
  }

  /**
   * Returns the refusal of a name that another Credential of the Consumer has.
   *
   * @param credentialId the other Credential
   */
  public static ConflictException duplicateName(String name, String credentialId, String username) {
    return new ConflictException(
        "duplicate name %s found with credential: %s of consumer: %s"
            .formatted(name, credentialId, username));
  }

  /** Returns the refusal of a Credential of a Consumer that does not exist. */
  public static ConflictException noConsumer(String username) {
    return new ConflictException(Kind.NO_OWNER, "consumer " + username + " is not there");
  }

  /** Returns the refusal of removing a group that has a member. */
  public static ConflictException groupInUse(String username) {
    return new ConflictException(
        "can not delete this consumer group, consumer [" + username + "] is still using it now");
  }
}
