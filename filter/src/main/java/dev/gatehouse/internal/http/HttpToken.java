package dev.gatehouse.internal.http;

/** The token of RFC 9110 section 5.6.2, as in names of headers. */
public final class HttpToken {
  private static final long LOW = bits("!#$%&'*+-.0123456789");
  private static final long HIGH =
      bits("ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~");

  private HttpToken() {}

  /** Returns whether a text is a token of at least one character. */
  public static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenCharacter(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Headers are made on the request path, so a character costs one shift and no search. */
  private static boolean isTokenCharacter(char c) {
    long half = c < 64 ? LOW : HIGH;
    return c < 128 && (half >>> (c & 63) & 1) != 0;
  }

  private static long bits(String characters) {
    long bits = 0;
    for (int i = 0; i < characters.length(); i++) {
      bits |= 1L << (characters.charAt(i) & 63);
    }
    return bits;
  }
}
