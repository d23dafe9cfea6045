package dev.gatehouse.internal.http;

/**
 * A pattern of paths (Servlet specification, section 12.2).
 *
 * @param kind the kind of the pattern
 * @param fixed the part of it that a path must have: all of it, the beginning or the end
 */
public record PathPattern(Kind kind, String fixed) {
  /** The kinds of patterns, in the order in which they win. */
  public enum Kind {
    /** As in {@code /orders}. */
    EXACT,
    /** As in {@code /orders/*}. */
    PREFIX,
    /** As in {@code *.do}. */
    EXTENSION
  }

  /** Reads a pattern. */
  public static PathPattern of(String pattern) {
    if (pattern.startsWith("*.")) {
      return new PathPattern(Kind.EXTENSION, pattern.substring(1));
    }
    return pattern.endsWith("/*")
        ? new PathPattern(Kind.PREFIX, pattern.substring(0, pattern.length() - 2))
        : new PathPattern(Kind.EXACT, pattern);
  }

  /** Returns whether a path has the pattern. */
  public boolean matches(String path) {
    return matches(path, path.length());
  }

  /** Returns whether a path has the pattern, if need be without its trailing slash. */
  public boolean matchesLoosely(String path) {
    return matches(path) || (path.endsWith("/") && matches(path, path.length() - 1));
  }

  private boolean matches(String path, int end) {
    return switch (kind) {
      case EXACT -> end == fixed.length() && path.startsWith(fixed);
      case PREFIX ->
          path.startsWith(fixed)
              && (end == fixed.length()
                  || (end > fixed.length() && path.charAt(fixed.length()) == '/'));
      case EXTENSION -> end >= fixed.length() && path.startsWith(fixed, end - fixed.length());
    };
  }
}
