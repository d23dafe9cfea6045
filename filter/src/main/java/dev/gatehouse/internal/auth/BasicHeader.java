package dev.gatehouse.internal.auth;

import dev.gatehouse.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
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

  private static final String SCHEME = "basic ";
  private static final int MAX_ENCODED = (3 * MAX_USER + 1 + MAX_PASSWORD + 2) / 3 * 4;

  /** Returns the user and the password, or null if the value is malformed. */
  static @Nullable BasicHeader parse(String value) {
    if (!isBasic(value)) {
      return null;
    }
    byte[] decoded = base64(value.substring(SCHEME.length()));
    String pair = decoded == null ? null : utf8(decoded);
    int colon = pair == null ? -1 : pair.indexOf(':');
    return pair == null || colon < 0
        ? null
        : of(pair.substring(0, colon), pair.substring(colon + 1));
  }

  /** Compares in ASCII: {@code equalsIgnoreCase} also matches a long s and a dotless i. */
  private static boolean isBasic(String value) {
    return value.length() > SCHEME.length()
        && value.substring(0, SCHEME.length()).toLowerCase(Locale.ROOT).equals(SCHEME);
  }

  private static @Nullable BasicHeader of(String user, String text) {
    Secret password = Secret.of(text);
    boolean fits =
        !user.isEmpty()
            && user.length() <= MAX_USER
            && !text.isEmpty()
            && password.utf8().length <= MAX_PASSWORD;
    return fits ? new BasicHeader(user, password) : null;
  }

  /**
   * Decodes base64 (RFC 4648 section 4), fully padded or without padding. Unused bits must be zero,
   * so that each byte sequence has one text only.
   */
  private static byte @Nullable [] base64(String text) {
    int end = text.length();
    while (end > 0 && text.length() - end < 2 && text.charAt(end - 1) == '=') {
      end--;
    }
    boolean padded = end < text.length();
    if (text.length() > MAX_ENCODED || end % 4 == 1 || (padded && text.length() % 4 != 0)) {
      return null;
    }
    String digits = text.substring(0, end);
    if (!digits.chars().allMatch(BasicHeader::isDigit)) {
      return null;
    }
    byte[] decoded = Base64.getDecoder().decode(digits);
    return Base64.getEncoder().withoutPadding().encodeToString(decoded).equals(digits)
        ? decoded
        : null;
  }

  private static boolean isDigit(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/';
  }

  /** Returns whether the bytes are valid UTF-8. */
  private static @Nullable String utf8(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes) ? text : null;
  }
}
