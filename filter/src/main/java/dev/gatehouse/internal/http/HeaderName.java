package dev.gatehouse.internal.http;

/** What a header may be called (RFC 9110 section 5.6.2). */
public final class HeaderName {
  private HeaderName() {}

  /** Whether a text is a token of at least one character. */
  public static boolean isToken(String name) {
    return !name.isEmpty() && name.chars().allMatch(HeaderName::isTokenCharacter);
  }

  private static boolean isTokenCharacter(int c) {
    return (c > ' ' && c < 127) && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
  }
}
