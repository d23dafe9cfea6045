package dev.gatehouse.spi;

import dev.gatehouse.Credential;

/**
 * A write that another record stands in the way of: a taken lookup value, a missing owner, or a
 * change made meanwhile. Nothing was written.
 */
public final class ConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates one with the text for the person who writes; it never holds a secret. */
  public ConflictException(String message) {
    super(message);
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
