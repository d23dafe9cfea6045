package dev.gatehouse.internal.auth.password;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A hash of another system under PBKDF2 with HMAC-SHA-256 (RFC 8018 section 5.2). Gatehouse
 * verifies it but does not create such hashes.
 *
 * <p>Immutable and safe for use by several threads.
 */
final class Pbkdf2Hash implements PasswordHash {
  static final String ID = "{pbkdf2}";

  private static final Pattern FORM =
      Pattern.compile(
          "\\$pbkdf2-sha256\\$([1-9]\\d{0,6})\\$([A-Za-z0-9+./]{11,86})\\$([A-Za-z0-9+./]{43})");
  private static final int MAX_ROUNDS = 1_000_000;
  private static final byte[] FIRST_BLOCK = {0, 0, 0, 1};

  /** The number of rounds that takes about as long as the default Argon2 hash. */
  private static final int DEFAULT_ROUNDS = 60_000;

  private final int rounds;
  private final byte[] salt;
  private final byte[] hash;

  private Pbkdf2Hash(int rounds, byte[] salt, byte[] hash) {
    this.rounds = rounds;
    this.salt = salt;
    this.hash = hash;
  }

  /** Parses the text after the id: 1 to 1,000,000 rounds and a hash of 32 bytes. */
  static PasswordHash parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "must be " + ID + "$pbkdf2-sha256$rounds$salt$hash, 32 bytes in base64 without padding");
    }
    int rounds = Integer.parseInt(parts.group(1));
    if (rounds > MAX_ROUNDS) {
      throw new IllegalArgumentException("must have at most " + MAX_ROUNDS + " rounds");
    }
    return new Pbkdf2Hash(rounds, base64(parts.group(2)), base64(parts.group(3)));
  }

  /**
   * HMAC pads its key with NULs and cannot distinguish them from NULs of the password, so a
   * password with a NUL does not match.
   */
  @Override
  public boolean matches(byte[] password) {
    Argon2Hash.spendRest(password, (double) rounds / DEFAULT_ROUNDS);
    boolean right = MessageDigest.isEqual(hash, derived(password));
    boolean plain = password.length > 0;
    for (byte b : password) {
      plain &= b != 0;
    }
    return right && plain;
  }

  /** Takes bytes, unlike the JDK's PBKDF2, which takes characters. 32 bytes are one block. */
  private byte[] derived(byte[] password) {
    Mac mac = hmac(password.length == 0 ? new byte[1] : password);
    mac.update(salt);
    byte[] round = mac.doFinal(FIRST_BLOCK);
    byte[] sum = round.clone();
    for (int i = 1; i < rounds; i++) {
      round = mac.doFinal(round);
      for (int b = 0; b < sum.length; b++) {
        sum[b] ^= round[b];
      }
    }
    return sum;
  }

  /** Some systems write a dot in place of a plus. */
  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text.replace('.', '+'));
  }

  private static Mac hmac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  @Override
  public boolean outdated() {
    return true;
  }
}
