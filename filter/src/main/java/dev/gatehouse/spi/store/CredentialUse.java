package dev.gatehouse.spi.store;

import java.util.Comparator;
import java.util.Objects;

/**
 * That a Credential was used.
 *
 * <p>Uses have an order, in which every node writes them, so that no two wait for each other.
 *
 * @param username of the Consumer
 * @param credentialId unique within it
 */
public record CredentialUse(String username, String credentialId)
    implements Comparable<CredentialUse> {
  private static final Comparator<CredentialUse> ORDER =
      Comparator.comparing(CredentialUse::username).thenComparing(CredentialUse::credentialId);

  /** Both parts are required. */
  public CredentialUse {
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(credentialId, "credentialId");
  }

  @Override
  public int compareTo(CredentialUse other) {
    return ORDER.compare(this, other);
  }
}
