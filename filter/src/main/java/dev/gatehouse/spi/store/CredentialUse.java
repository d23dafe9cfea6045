package dev.gatehouse.spi.store;

import java.util.Comparator;
import java.util.Objects;

/**
 * A use of a Credential.
 *
 * <p>Uses are ordered. Every node writes them in this order, which avoids deadlocks.
 *
 * @param username the Consumer's username
 * @param credentialId the Credential's id
 */
public record CredentialUse(String username, String credentialId)
    implements Comparable<CredentialUse> {
  private static final Comparator<CredentialUse> ORDER =
      Comparator.comparing(CredentialUse::username).thenComparing(CredentialUse::credentialId);

  /** Creates a use. */
  public CredentialUse {
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(credentialId, "credentialId");
  }

  @Override
  public int compareTo(CredentialUse other) {
    return ORDER.compare(this, other);
  }
}
