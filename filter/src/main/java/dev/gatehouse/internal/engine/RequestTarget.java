package dev.gatehouse.internal.engine;

import dev.gatehouse.internal.http.CanonicalPath;
import dev.gatehouse.spi.plugin.GateRequest;
import org.jspecify.annotations.Nullable;

/**
 * Whether the path that was sent is the path that is going to run.
 *
 * @param path the decoded path below the context path, as it was sent; empty when it is refused
 * @param problem why it is refused, or null
 */
record RequestTarget(String path, @Nullable String problem) {
  static RequestTarget of(GateRequest request, boolean allowSessionParameter) {
    CanonicalPath sent = CanonicalPath.of(request.rawPath(), allowSessionParameter);
    if (sent.decoded() == null) {
      return new RequestTarget("", sent.problem());
    }
    String context = request.contextPath();
    String served = withPlus(sent.decoded(), context, request.servedPath());
    return serves(sent.decoded(), context, served)
        ? new RequestTarget(sent.decoded().substring(context.length()), null)
        : new RequestTarget("", "the container reads the path differently");
  }

  /**
   * The served path as it was sent, if the container differs only by a blank in place of a plus
   * sign, as Payara does.
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

  /** A container may serve {@code /docs/index.html} for {@code /docs/}. */
  private static boolean isWelcomeFile(String sent, int from, String served) {
    int length = sent.length() - from;
    return length > 0
        && sent.endsWith("/")
        && served.length() > length
        && sent.startsWith(served.substring(0, length), from)
        && served.indexOf('/', length) < 0;
  }
}
