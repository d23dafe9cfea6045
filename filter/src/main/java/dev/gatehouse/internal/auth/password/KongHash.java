package dev.gatehouse.internal.auth.password;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hash of Kong's {@code basic-auth}: SHA-1 of the password and the consumer's id. Gatehouse
 * creates none, and replaces it by an Argon2 hash at the first login.
 *
 * <p>A check takes as long as one at the default cost, see {@link ShaHash}. Immutable and safe for
 * use by several threads.
 */
final class KongHash implements PasswordHash {
  static final String ID = "{kong}";

  private static final Pattern FORM = Pattern.compile("([A-Za-z0-9-]{1,64})\\$([0-9a-f]{40})");

  private final byte[] consumer;
  private final byte[] hash;

  private KongHash(String consumer, String hash) {
    this.consumer = consumer.getBytes(StandardCharsets.US_ASCII);
    this.hash = HexFormat.of().parseHex(hash);
  }

  /** Parses the text after the id: the consumer's id in Kong and the hash in hexadecimal digits. */
  static PasswordHash parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "must be " + ID + "id$hash: the consumer's id in Kong, and 40 hexadecimal digits");
    }
    return new KongHash(parts.group(1), parts.group(2));
  }

  @Override
  public boolean matches(byte[] password) {
    Argon2Hash.spend(password);
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-1");
      sha.update(password);
      return MessageDigest.isEqual(hash, sha.digest(consumer));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  @Override
  public boolean outdated() {
    return true;
  }
}
