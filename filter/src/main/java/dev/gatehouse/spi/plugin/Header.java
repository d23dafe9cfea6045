package dev.gatehouse.spi.plugin;

import dev.gatehouse.internal.http.HttpToken;
import java.util.Comparator;

/**
 * A response header (RFC 9110 section 5).
 *
 * @param name the field name, a token
 * @param value the field value, without control characters other than the tab
 */
public record Header(String name, String value) {
  /** Compares names of headers: case-insensitive, and an underscore equals a hyphen. */
  public static final Comparator<String> BY_NAME = Header::compareNames;

  /**
   * Creates a header.
   *
   * @throws IllegalArgumentException if the name or value is malformed and could split the response
   */
  public Header {
    if (!HttpToken.isToken(name)) {
      throw new IllegalArgumentException("a header name must be a token");
    }
    if (!isValue(value)) {
      throw new IllegalArgumentException("a header value must not hold controls: " + name);
    }
  }

  /** Returns whether a text has no control characters except the tab. */
  public static boolean isValue(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 127) {
        return false;
      }
    }
    return true;
  }

  private static int compareNames(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char left = folded(one.charAt(i));
      char right = folded(other.charAt(i));
      if (left != right) {
        return left - right;
      }
    }
    return one.length() - other.length();
  }

  private static char folded(char c) {
    return c == '_' ? '-' : c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }
}
