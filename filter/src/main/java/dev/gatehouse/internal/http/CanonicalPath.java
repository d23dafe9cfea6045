package dev.gatehouse.internal.http;

import org.jspecify.annotations.Nullable;

/**
 * The one reading of a raw request path that every router agrees on, or the reason why there is
 * none.
 *
 * <p>Refused are dot-only segments of any length, empty segments, path parameters, backslashes,
 * encoded slashes, backslashes, percent signs and semicolons, malformed escapes, invalid UTF-8 and
 * control characters.
 *
 * @param decoded the decoded path, or null when it was refused
 * @param problem why it was refused, or null
 */
public record CanonicalPath(@Nullable String decoded, @Nullable String problem) {
  private static final String SESSION = ";jsessionid=";

  public static CanonicalPath of(String raw, boolean allowSessionParameter) {
    String path = allowSessionParameter ? withoutSession(raw) : raw;
    if (path.isEmpty() || path.charAt(0) != '/') {
      return refused("the path does not begin with a slash");
    }
    boolean escaped = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        escaped = true;
      } else if (c <= ' ' || c >= 127) {
        return refused("blank, control or non-ASCII character");
      } else if (c == ';' || c == '\\' || c == '#' || c == '?') {
        return refused("path parameter, backslash, fragment or question mark");
      }
    }
    String decoded = escaped ? decode(path) : path;
    if (decoded == null) {
      return refused("ambiguous or malformed percent escape");
    }
    return hasOddSegment(decoded)
        ? refused("empty or dot-only segment")
        : new CanonicalPath(decoded, null);
  }

  private static CanonicalPath refused(String problem) {
    return new CanonicalPath(null, problem);
  }

  private static String withoutSession(String raw) {
    int at = raw.indexOf(SESSION);
    if (at < 0) {
      return raw;
    }
    String id = raw.substring(at + SESSION.length());
    boolean plain =
        !id.isEmpty()
            && id.chars()
                .allMatch(c -> (c < 128 && Character.isLetterOrDigit(c)) || "._-".indexOf(c) >= 0);
    return plain ? raw.substring(0, at) : raw;
  }

  private static boolean hasOddSegment(String path) {
    int start = 1;
    for (int i = 1; i <= path.length(); i++) {
      if (i == path.length() || path.charAt(i) == '/') {
        boolean last = i == path.length();
        if ((start == i && !last) || isDots(path, start, i)) {
          return true;
        }
        start = i + 1;
      }
    }
    return false;
  }

  private static boolean isDots(String path, int from, int to) {
    for (int i = from; i < to; i++) {
      if (path.charAt(i) != '.') {
        return false;
      }
    }
    return to > from;
  }

  private static @Nullable String decode(String path) {
    for (int i = path.indexOf('%'); i >= 0; i = path.indexOf('%', i + 1)) {
      int value = PercentDecoder.escape(path, i);
      if (value < ' ' || value == 127 || "/\\%;".indexOf(value) >= 0) {
        return null;
      }
    }
    String text = PercentDecoder.utf8(path, PercentDecoder.Plus.ITSELF);
    return text == null || text.chars().anyMatch(Character::isISOControl) ? null : text;
  }
}
