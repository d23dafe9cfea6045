package dev.gatehouse.internal.auth.hmac;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that is ready to make codes: the work that depends on the secret alone is done once.
 *
 * <p>Immutable and safe for use by several threads; each code is made by a copy.
 */
final class SigningKey {
  private static final int MAX_BYTE = 0xff;

  private final Map<SignatureAlgorithm, Mac> ready = new EnumMap<>(SignatureAlgorithm.class);

  /** Makes a key of at least one byte ready for every algorithm. */
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

  /** The code of a message whose characters are bytes, as servers give header fields. */
  byte[] sign(SignatureAlgorithm algorithm, String message) {
    try {
      Mac copy = (Mac) Objects.requireNonNull(ready.get(algorithm)).clone();
      return copy.doFinal(message.getBytes(StandardCharsets.ISO_8859_1));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("every HMAC of the JDK can be copied", e);
    }
  }

  /** Whether each character of a message is one byte, so that no two messages have one code. */
  static boolean isBytes(CharSequence message) {
    return message.chars().allMatch(character -> character <= MAX_BYTE);
  }

  /** Shows nothing of the secret. */
  @Override
  public String toString() {
    return "SigningKey";
  }
}
