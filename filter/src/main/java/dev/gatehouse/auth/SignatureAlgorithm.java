package dev.gatehouse.auth;

import dev.gatehouse.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The algorithms of hmac-auth, under the names by which clients call them. */
enum SignatureAlgorithm {
  HMAC_SHA1("hmac-sha1", "HmacSHA1"),
  HMAC_SHA256("hmac-sha256", "HmacSHA256"),
  HMAC_SHA512("hmac-sha512", "HmacSHA512");

  private final String settingName;
  private final String jdkName;

  SignatureAlgorithm(String settingName, String jdkName) {
    this.settingName = settingName;
    this.jdkName = jdkName;
  }

  /** The names of all, in the reference's order. */
  static List<String> names() {
    return Arrays.stream(values()).map(a -> a.settingName).toList();
  }

  /** The algorithm of a name, compared with case; null when there is none. */
  static @Nullable SignatureAlgorithm named(String name) {
    for (SignatureAlgorithm each : values()) {
      if (each.settingName.equals(name)) {
        return each;
      }
    }
    return null;
  }

  /** The code of a message in UTF-8 under a secret of at least one character. */
  byte[] sign(Secret secret, String message) {
    try {
      Mac mac = Mac.getInstance(jdkName);
      mac.init(new SecretKeySpec(secret.utf8(), jdkName));
      return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + jdkName, e);
    }
  }
}
