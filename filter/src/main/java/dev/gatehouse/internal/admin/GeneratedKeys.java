package dev.gatehouse.internal.admin;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Generates the secrets of Credentials.
 *
 * <p>A key is {@code gh_<publicId>_<secret>}: a public id of 8 characters, a secret of 32
 * characters (190 bits), and a checksum of 6 characters by which scanners find leaked keys. Safe
 * for use by several threads.
 */
public final class GeneratedKeys {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int PUBLIC = 8;
  private static final int SECRET = 32;
  private static final int CHECKSUM = 6;
  private static final int LONG_SECRET = 64;

  private final SecureRandom random = new SecureRandom();

  /** Returns a new id of a Credential. */
  String id() {
    return text(22);
  }

  /** Returns a new key. */
  String key() {
    String body = "gh_" + text(PUBLIC) + "_" + text(SECRET);
    return body + checksum(body);
  }

  /** Returns the settings with generated secrets, or the same settings if nothing is missing. */
  Map<String, Object> completed(String plugin, Map<String, Object> settings) {
    Map<String, Object> complete = new LinkedHashMap<>(settings);
    switch (plugin) {
      case "key-auth" -> complete.putIfAbsent("key", key());
      case "basic-auth" -> complete.putIfAbsent("password", text(SECRET));
      case "hmac-auth" -> {
        complete.putIfAbsent("key_id", "gh_" + text(PUBLIC));
        complete.putIfAbsent("secret_key", text(LONG_SECRET));
      }
      case "jwt-auth" -> {
        complete.putIfAbsent("key", "gh_" + text(PUBLIC));
        if (List.of("public_key", "jwks_uri", "jwks_file", "jwks", "secret").stream()
            .noneMatch(settings::containsKey)) {
          complete.put("secret", text(LONG_SECRET));
        }
      }
      default -> {}
    }
    return complete;
  }

  /** Returns the generated secrets, to be shown once. */
  static Map<String, Object> added(Map<String, Object> before, Map<String, Object> after) {
    Map<String, Object> added = new LinkedHashMap<>(after);
    before.keySet().forEach(added::remove);
    return added;
  }

  private static String checksum(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    StringBuilder digits = new StringBuilder();
    long rest = crc.getValue();
    for (int i = 0; i < CHECKSUM; i++) {
      digits.append(ALPHABET.charAt((int) (rest % ALPHABET.length())));
      rest /= ALPHABET.length();
    }
    return digits.toString();
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
