package dev.gatehouse.internal.auth;

import dev.gatehouse.Secret;
import dev.gatehouse.internal.http.StrictBase64;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The user and the password of one {@code Authorization} value.
 *
 * <p>Source: RFC 7617 section 2. Where the RFC leaves room, the rules of APISIX apply: one space
 * after the scheme, and padding is optional. No byte is dropped.
 *
 * @param user 1 to 512 characters, none of them a colon
 * @param password 1 to 1024 bytes of UTF-8
 */
record BasicHeader(String user, Secret password) {
  /** Maximum length of a user, in characters. */
  static final int MAX_USER = 512;

  /** Maximum length of a password, in bytes of UTF-8. */
  static final int MAX_PASSWORD = 1024;

  /** Maximum length of a character, in bytes of UTF-8 for each {@code char}. */
  private static final int MAX_BYTES = 3;

  private static final String SCHEME = "basic ";
  private static final int MAX_ENCODED = (3 * MAX_USER + 1 + MAX_PASSWORD + 2) / 3 * 4;

  /** Returns the user and the password, or null if the value is malformed. */
  static @Nullable BasicHeader parse(String value) {
    if (!isBasic(value)) {
      return null;
    }
    int length = value.length() - SCHEME.length();
    byte[] decoded =
        length > MAX_ENCODED
            ? null
            : StrictBase64.decodeAnyPadding(value.substring(SCHEME.length()));
    String pair = decoded == null ? null : utf8(decoded);
    int colon = pair == null ? -1 : pair.indexOf(':');
    return pair == null || colon < 0
        ? null
        : of(pair.substring(0, colon), pair.substring(colon + 1));
  }

  /** Compares in ASCII: {@code equalsIgnoreCase} also matches a long s and a dotless i. */
  private static boolean isBasic(String value) {
    int space = SCHEME.length() - 1;
    if (value.length() <= SCHEME.length() || value.charAt(space) != ' ') {
      return false;
    }
    for (int i = 0; i < space; i++) {
      if ((value.charAt(i) | ' ') != SCHEME.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable BasicHeader of(String user, String text) {
    Secret password = Secret.of(text);
    boolean fits =
        !user.isEmpty()
            && user.length() <= MAX_USER
            && !text.isEmpty()
            && (text.length() <= MAX_PASSWORD / MAX_BYTES
                || password.utf8().length <= MAX_PASSWORD);
    return fits ? new BasicHeader(user, password) : null;
  }

  /** Bytes that are not UTF-8 come back as others. */
  private static @Nullable String utf8(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes) ? text : null;
  }
}
