package dev.gatehouse.internal.engine;

import dev.gatehouse.internal.http.CanonicalPath;
import dev.gatehouse.spi.plugin.GateRequest;
import org.jspecify.annotations.Nullable;

/**
 * The target of a request: the sent path compared to the path that the container serves.
 *
 * @param path the sent path below the context path, decoded; empty if it is refused
 * @param served the decoded path below the context path that the container will serve
 * @param problem the reason of a refusal, or null
 */
record RequestTarget(String path, String served, @Nullable String problem) {
  static RequestTarget of(GateRequest request, boolean allowSessionParameter) {
    CanonicalPath sent = CanonicalPath.of(request.rawPath(), allowSessionParameter);
    if (sent.decoded() == null) {
      return new RequestTarget("", "", sent.problem());
    }
    String context = request.contextPath();
    String served = request.servedPath();
    if (!serves(sent.decoded(), context, withPlus(sent.decoded(), context, served))) {
      return new RequestTarget("", "", "the container reads the path differently");
    }
    int length = sent.decoded().length() - context.length();
    boolean same = served.length() == length && sent.decoded().endsWith(served);
    String path = same ? served : sent.decoded().substring(context.length());
    return new RequestTarget(path, served, null);
  }

  /** Returns whether the container reads a plus sign in the path as a blank. */
  boolean hasBlankForPlus() {
    return path.indexOf('+') >= 0 && served.indexOf(' ') >= 0;
  }

  /**
   * Returns the sent path if the container's path differs only by blanks in place of plus signs, as
   * on Payara.
   */
  private static String withPlus(String sent, String context, String served) {
    if (sent.indexOf('+') < 0 || served.indexOf(' ') < 0) {
      return served;
    }
    String below = sent.startsWith(context) ? sent.substring(context.length()) : "";
    StringBuilder same = new StringBuilder(served);
    for (int i = 0; i < Math.min(below.length(), served.length()); i++) {
      if (below.charAt(i) == '+' && served.charAt(i) == ' ') {
        same.setCharAt(i, '+');
      }
    }
    return same.toString();
  }

  private static boolean serves(String sent, String context, String served) {
    if (!sent.startsWith(context)) {
      return false;
    }
    int from = context.length();
    int length = sent.length() - from;
    return (served.length() == length && sent.startsWith(served, from))
        || isWelcomeFile(sent, from, served);
  }

  /**
   * Returns whether the container serves a welcome file, such as {@code /docs/index.html} for
   * {@code /docs/}.
   */
  private static boolean isWelcomeFile(String sent, int from, String served) {
    int length = sent.length() - from;
    return length > 0
        && sent.endsWith("/")
        && served.length() > length
        && sent.startsWith(served.substring(0, length), from)
        && served.indexOf('/', length) < 0;
  }
}
