package dev.gatehouse.internal.auth.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.Md5Crypt;
import org.apache.commons.codec.digest.Sha2Crypt;

/**
 * A hash of {@code crypt(3)} (MD5, SHA-256 or SHA-512), as Unix systems and {@code htpasswd} store
 * it. Gatehouse creates none, and replaces it by an Argon2 hash at the first login.
 *
 * <p>A check takes as long as one at the default cost, see {@link ShaHash}. Immutable and safe for
 * use by several threads.
 */
final class CryptHash implements PasswordHash {
  static final String ID = "{crypt}";

  private static final Pattern FORM =
      Pattern.compile(
          "(\\$[56]\\$(?:rounds=([1-9]\\d{3,6})\\$)?[./A-Za-z0-9]{1,16}\\$)[./A-Za-z0-9]{43,86}");
  private static final Pattern MD5_FORM =
      Pattern.compile("(\\$(?:apr1|1)\\$[./A-Za-z0-9]{1,8}\\$)[./A-Za-z0-9]{22}");
  private static final int MAX_ROUNDS = 1_000_000;

  private final String text;
  private final String salt;

  private CryptHash(String text, String salt) {
    this.text = text;
    this.salt = salt;
  }

  /** Parses the text after the id. The number of rounds is 1,000 to 1,000,000. */
  static PasswordHash parse(String text) {
    Matcher md5 = MD5_FORM.matcher(text);
    if (md5.matches()) {
      return new CryptHash(text, md5.group(1));
    }
    Matcher parts = FORM.matcher(text);
    if (!parts.matches() || (text.charAt(1) == '5') != (text.length() - parts.end(1) == 43)) {
      throw new IllegalArgumentException("must be " + ID + "$1$, $apr1$, $5$ or $6$, salt, hash");
    }
    String rounds = parts.group(2);
    if (rounds != null && Integer.parseInt(rounds) > MAX_ROUNDS) {
      throw new IllegalArgumentException("must have at most " + MAX_ROUNDS + " rounds");
    }
    return new CryptHash(text, parts.group(1));
  }

  /** In C a password ends at a NUL, so one with a NUL does not match. */
  @Override
  public boolean matches(byte[] password) {
    Argon2Hash.spend(password);
    boolean plain = true;
    for (byte b : password) {
      plain &= b != 0;
    }
    String made = hash(password.clone());
    return MessageDigest.isEqual(ascii(made), ascii(text)) && plain;
  }

  private String hash(byte[] password) {
    return switch (text.charAt(1)) {
      case 'a' -> Md5Crypt.apr1Crypt(password, salt);
      case '1' -> Md5Crypt.md5Crypt(password, salt);
      case '5' -> Sha2Crypt.sha256Crypt(password, salt);
      default -> Sha2Crypt.sha512Crypt(password, salt);
    };
  }

  @Override
  public boolean outdated() {
    return true;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
