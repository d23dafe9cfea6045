package dev.gatehouse.spi.plugin;

import dev.gatehouse.internal.http.HttpToken;
import java.util.Comparator;

/**
 * One response header (RFC 9110 section 5).
 *
 * @param name the field name, a token
 * @param value the field value, without control characters other than the tab
 */
public record Header(String name, String value) {
  /** Compares names of headers without case, and an underscore as a hyphen. */
  public static final Comparator<String> BY_NAME = Header::compareNames;

  /** Refuses a name or value that would split the response. */
  public Header {
    if (!HttpToken.isToken(name)) {
      throw new IllegalArgumentException("a header name must be a token");
    }
    if (!isValue(value)) {
      throw new IllegalArgumentException("a header value must not hold controls: " + name);
    }
  }

  /** Returns whether a text can be the value of a header: it has no control other than the tab. */
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
