package dev.gatehouse.internal.http;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64url as RFC 7515 section 2 has it, and nothing else: no padding, no foreign character, and
 * the bits of the last character that belong to no byte are zero (security J8).
 */
public final class Base64Url {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private Base64Url() {}

  /** The bytes, or null when the text is not their only encoding. */
  public static byte @Nullable [] decode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isDigit(text.charAt(i))) {
        return null;
      }
    }
    int rest = text.length() % 4;
    if (rest == 1) {
      return null;
    }
    int unused = rest == 2 ? 0b1111 : rest == 3 ? 0b11 : 0;
    if (unused != 0 && (ALPHABET.indexOf(text.charAt(text.length() - 1)) & unused) != 0) {
      return null;
    }
    return Base64.getUrlDecoder().decode(text);
  }

  private static boolean isDigit(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }
}
