package dev.gatehouse.internal.auth;

import dev.gatehouse.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A user and a password as one {@code Authorization} value presents them.
 *
 * <p>Source: RFC 7617 section 2, with the rules of the reference (section 2.2) where the RFC leaves
 * room: one space after the scheme, padding optional. Every byte is kept.
 *
 * @param user 1 to 512 characters, none of them a colon
 * @param password 1 to 1024 bytes of UTF-8
 */
record BasicHeader(String user, Secret password) {
  /** The most characters of a user. */
  static final int MAX_USER = 512;

  /** The most bytes of a password. */
  static final int MAX_PASSWORD = 1024;

  private static final String SCHEME = "basic ";
  private static final int MAX_ENCODED = (3 * MAX_USER + 1 + MAX_PASSWORD + 2) / 3 * 4;

  /** Reads a value; null when it is not exactly what the scheme wants. */
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

  /** In ASCII: a comparison of texts without case takes a long s and a dotless i for theirs. */
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
   * RFC 4648 section 4, whole or without any padding. Only one text stands for some bytes, so bits
   * that would be thrown away must be zero.
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

  /** Bytes that are not UTF-8 come back as others. */
  private static @Nullable String utf8(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes) ? text : null;
  }
}
