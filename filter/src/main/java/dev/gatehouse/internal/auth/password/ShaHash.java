package dev.gatehouse.internal.auth.password;

import dev.gatehouse.internal.http.StrictBase64;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A hash of one round of SHA or MD5, salted or not, as LDAP servers and Apache's {@code htpasswd
 * -s} store it (RFC 2307). Gatehouse creates none, and replaces it by an Argon2 hash at the first
 * login.
 *
 * <p>Each check also computes a hash of the default cost, so that the time of an answer does not
 * reveal which users still have an old hash. Immutable and safe for use by several threads.
 */
final class ShaHash implements PasswordHash {
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{22,200}={0,2}");
  private static final int MIN_SALT = 4;

  private final Kind kind;
  private final byte[] hash;
  private final byte[] salt;

  /**
   * A form of the hash.
   *
   * @param id the id, as in {@code {SSHA256}}
   * @param algorithm the algorithm's name in the JDK
   * @param length the length of the digest, in bytes
   */
  record Kind(String id, String algorithm, int length, boolean salted) {
    /** Parses the text after the id: base64 of the digest, followed by the salt if there is one. */
    PasswordHash parse(String text) {
      byte[] bytes = BASE64.matcher(text).matches() ? StrictBase64.decode(text) : new byte[0];
      boolean right = salted ? bytes.length >= length + MIN_SALT : bytes.length == length;
      if (!right) {
        throw new IllegalArgumentException(
            "must be "
                + id
                + " and base64 of "
                + length
                + " bytes"
                + (salted ? " with a salt of 4 bytes or more behind them" : ""));
      }
      return new ShaHash(
          this, Arrays.copyOf(bytes, length), Arrays.copyOfRange(bytes, length, bytes.length));
    }
  }

  /** Returns all forms. */
  static final List<Kind> KINDS =
      List.of(
          new Kind("{MD5}", "MD5", 16, false),
          new Kind("{SMD5}", "MD5", 16, true),
          new Kind("{SHA}", "SHA-1", 20, false),
          new Kind("{SSHA}", "SHA-1", 20, true),
          new Kind("{SHA256}", "SHA-256", 32, false),
          new Kind("{SSHA256}", "SHA-256", 32, true),
          new Kind("{SHA384}", "SHA-384", 48, false),
          new Kind("{SSHA384}", "SHA-384", 48, true),
          new Kind("{SHA512}", "SHA-512", 64, false),
          new Kind("{SSHA512}", "SHA-512", 64, true));

  private ShaHash(Kind kind, byte[] hash, byte[] salt) {
    this.kind = kind;
    this.hash = hash;
    this.salt = salt;
  }

  @Override
  public boolean matches(byte[] password) {
    Argon2Hash.spend(password);
    try {
      MessageDigest sha = MessageDigest.getInstance(kind.algorithm());
      sha.update(password);
      return MessageDigest.isEqual(hash, sha.digest(salt));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + kind.algorithm(), e);
    }
  }

  @Override
  public boolean outdated() {
    return true;
  }
}
