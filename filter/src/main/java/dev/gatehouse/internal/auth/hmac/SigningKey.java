package dev.gatehouse.internal.auth.hmac;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret with prepared codes: work that depends on the secret alone is done once.
 *
 * <p>Safe for use by several threads.
 */
final class SigningKey {
  private static final int MAX_BYTE = 0xff;

  private final Map<SignatureAlgorithm, Mac> ready = new EnumMap<>(SignatureAlgorithm.class);

  /** Prepares a key of at least one byte for every algorithm. */
  SigningKey(byte[] secret) {
    for (SignatureAlgorithm each : SignatureAlgorithm.values()) {
      try {
        Mac mac = Mac.getInstance(each.jdkName());
        mac.init(new SecretKeySpec(secret, each.jdkName()));
        ready.put(each, mac);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has " + each.jdkName(), e);
      }
    }
  }

  /** Returns the code of a message. Its characters are bytes, as servers deliver header fields. */
  byte[] sign(SignatureAlgorithm algorithm, String message) {
    try {
      Mac copy = (Mac) Objects.requireNonNull(ready.get(algorithm)).clone();
      return copy.doFinal(message.getBytes(StandardCharsets.ISO_8859_1));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("every HMAC of the JDK can be copied", e);
    }
  }

  /**
   * Returns whether each character of a message is one byte, so that the encoding is unambiguous.
   */
  static boolean isBytes(CharSequence message) {
    return message.chars().allMatch(character -> character <= MAX_BYTE);
  }

  /** Returns a text without the secret. */
  @Override
  public String toString() {
    return "SigningKey";
  }
}
