package dev.gatehouse.spi;

/**
 * One response header (RFC 9110 section 5).
 *
 * @param name the field name, a token
 * @param value the field value, without control characters other than the tab
 */
public record Header(String name, String value) {
  /** Refuses a name or value that would split the response. */
  public Header {
    if (name.isEmpty() || !name.chars().allMatch(Header::isToken)) {
      throw new IllegalArgumentException("a header name must be a token");
    }
    if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127)) {
      throw new IllegalArgumentException("a header value must not hold controls: " + name);
    }
  }

  private static boolean isToken(int c) {
    return c > ' ' && c < 127 && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
  }
}
