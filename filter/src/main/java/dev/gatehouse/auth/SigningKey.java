package dev.gatehouse.auth;

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

  /** The code of a message in UTF-8. */
  byte[] sign(SignatureAlgorithm algorithm, String message) {
    try {
      Mac copy = (Mac) Objects.requireNonNull(ready.get(algorithm)).clone();
      return copy.doFinal(message.getBytes(StandardCharsets.UTF_8));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("every HMAC of the JDK can be copied", e);
    }
  }

  /** Shows nothing of the secret. */
  @Override
  public String toString() {
    return "SigningKey";
  }
}
