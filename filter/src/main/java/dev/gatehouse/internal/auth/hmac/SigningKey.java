package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.internal.store.EnginePool;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret with prepared MACs: work that depends on the secret alone is not repeated.
 *
 * <p>Safe for use by several threads.
 */
final class SigningKey {
  private static final int MAX_BYTE = 0xff;

  /** A key of one caller serves few requests at the same instant. */
  static final int DEFAULT_SLOTS = 4;

  private final Map<SignatureAlgorithm, EnginePool<Mac>> macs =
      new EnumMap<>(SignatureAlgorithm.class);

  /**
   * Prepares a key of at least one byte for every algorithm.
   *
   * @param slots the maximum number of idle MACs of an algorithm, a power of two
   */
  SigningKey(byte[] secret, int slots) {
    for (SignatureAlgorithm each : SignatureAlgorithm.values()) {
      SecretKeySpec key = new SecretKeySpec(secret, each.jdkName());
      macs.put(each, new EnginePool<>(slots, () -> mac(key)));
    }
  }

  private static Mac mac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + key.getAlgorithm(), e);
    }
  }

  /** Returns the code of a message. Its characters are bytes, as servers deliver header fields. */
  byte[] sign(SignatureAlgorithm algorithm, String message) {
    EnginePool<Mac> idle = Objects.requireNonNull(macs.get(algorithm));
    Mac mac = idle.take();
    byte[] code = mac.doFinal(message.getBytes(StandardCharsets.ISO_8859_1));
    idle.put(mac);
    return code;
  }

  /**
   * Returns whether each character of a message is one byte, so that the encoding is unambiguous.
   */
  static boolean isBytes(CharSequence message) {
    for (int i = 0; i < message.length(); i++) {
      if (message.charAt(i) > MAX_BYTE) {
        return false;
      }
    }
    return true;
  }

  /** Returns a text without the secret. */
  @Override
  public String toString() {
    return "SigningKey";
  }
}
