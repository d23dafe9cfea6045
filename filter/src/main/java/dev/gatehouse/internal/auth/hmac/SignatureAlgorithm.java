package dev.gatehouse.internal.auth.hmac;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The algorithms of hmac-auth. */
enum SignatureAlgorithm {
  HMAC_SHA1("hmac-sha1", "HmacSHA1", 20),
  HMAC_SHA256("hmac-sha256", "HmacSHA256", 32),
  HMAC_SHA512("hmac-sha512", "HmacSHA512", 64);

  private final String settingName;
  private final String jdkName;
  private final int length;

  SignatureAlgorithm(String settingName, String jdkName, int length) {
    this.settingName = settingName;
    this.jdkName = jdkName;
    this.length = length;
  }

  /** The names of all algorithms, in the order of APISIX. */
  static List<String> names() {
    return Arrays.stream(values()).map(a -> a.settingName).toList();
  }

  /** Returns the algorithm of a name (case-sensitive), or null. */
  static @Nullable SignatureAlgorithm named(String name) {
    for (SignatureAlgorithm each : values()) {
      if (each.settingName.equals(name)) {
        return each;
      }
    }
    return null;
  }

  /** Returns the algorithm of a name if it is allowed, otherwise null. */
  static @Nullable SignatureAlgorithm named(String name, List<String> allowed) {
    return allowed.contains(name) ? named(name) : null;
  }

  /** Returns the allowed algorithm whose codes have the length in bytes, or null. */
  static @Nullable SignatureAlgorithm ofLength(int length, List<String> allowed) {
    for (SignatureAlgorithm each : values()) {
      if (each.length == length && allowed.contains(each.settingName)) {
        return each;
      }
    }
    return null;
  }

  /** Returns the algorithm's name in the JDK. */
  String jdkName() {
    return jdkName;
  }
}
