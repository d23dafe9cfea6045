package dev.gatehouse.spi.plugin;

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

  private static final long TOKEN_LOW = bits("!#$%&'*+-.0123456789");
  private static final long TOKEN_HIGH =
      bits("ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~");

  /** Refuses a name or value that would split the response. */
  public Header {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a header name must be a token");
    }
    for (int i = 0; i < name.length(); i++) {
      if (!isToken(name.charAt(i))) {
        throw new IllegalArgumentException("a header name must be a token");
      }
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

  /** Headers are made on the request path, so a character costs one shift and no search. */
  private static boolean isToken(char c) {
    long half = c < 64 ? TOKEN_LOW : TOKEN_HIGH;
    return c < 128 && (half >>> (c & 63) & 1) != 0;
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

  private static long bits(String characters) {
    long bits = 0;
    for (int i = 0; i < characters.length(); i++) {
      bits |= 1L << (characters.charAt(i) & 63);
    }
    return bits;
  }
}
