package dev.gatehouse.internal.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A key to the Admin API, known by its digest only.
 *
 * @param name who holds it, for the audit
 * @param role what it allows
 * @param sha256 the SHA-256 of the key's UTF-8 bytes, as 64 hexadecimal digits in lower case
 */
public record AdminKey(String name, Role role, String sha256) {
  /** What a key allows. */
  public enum Role {
    /** Everything. */
    ADMIN,
    /** Reading. */
    VIEWER
  }

  /** Whether a text is the key; takes the same time wherever the first difference stands. */
  public boolean matches(String presented) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(presented.getBytes(StandardCharsets.UTF_8));
      return MessageDigest.isEqual(digest, HexFormat.of().parseHex(sha256));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
