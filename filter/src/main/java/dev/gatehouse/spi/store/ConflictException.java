package dev.gatehouse.spi.store;

import dev.gatehouse.Credential;

/**
 * A write that another record stands in the way of: a taken lookup value, a missing owner, or a
 * change made meanwhile. Nothing was written.
 */
public final class ConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is in the way. */
  public enum Kind {
    /** Another record holds a value. */
    TAKEN,
    /** The Consumer is not there. */
    NO_OWNER,
    /** Other changes came first again and again. */
    OVERTAKEN
  }

  private final Kind kind;

  /** Creates one with the text for the person who writes; it never holds a secret. */
  public ConflictException(String message) {
    this(Kind.TAKEN, message);
  }

  /** Creates one of a kind. */
  public ConflictException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Returns what is in the way. */
  public Kind kind() {
    return kind;
  }

  /** The refusal of a lookup value that another Credential holds (reference section 1.5). */
  public static ConflictException duplicate(
      String attribute, String plugin, String credentialId, String username) {
    String holder =
        credentialId.equals(Credential.inlineId(plugin))
            ? "consumer: " + username
            : "credential: %s of consumer: %s".formatted(credentialId, username);
    return new ConflictException(
        "duplicate %s of plugin %s found with %s".formatted(attribute, plugin, holder));
  }
}
