package dev.gatehouse.internal.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A key of the Admin API, by its digest.
 *
 * @param name the name, for the audit
 * @param role the role
 * @param sha256 the SHA-256 of the key's UTF-8 bytes, as 64 hexadecimal digits in lower case
 */
public record AdminKey(String name, Role role, String sha256) {
  /** The roles of keys. */
  public enum Role {
    /** May read and write. */
    ADMIN,
    /** May read. */
    VIEWER
  }

  /** Returns whether a text is the key, in constant time. */
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
