package dev.gatehouse.engine;

import dev.gatehouse.spi.GateRequest;
import org.jspecify.annotations.Nullable;

/**
 * Whether the path that was sent is the path that is going to run.
 *
 * @param path the decoded path below the context path, as it was sent; empty when it is refused
 * @param problem why it is refused, or null
 */
record Target(String path, @Nullable String problem) {
  static Target of(GateRequest request, boolean allowSessionParameter) {
    StrictPath sent = StrictPath.of(request.rawPath(), allowSessionParameter);
    if (sent.decoded() == null) {
      return new Target("", sent.problem());
    }
    String context = request.contextPath();
    return serves(sent.decoded(), context, request.servedPath())
        ? new Target(sent.decoded().substring(context.length()), null)
        : new Target("", "the container reads the path differently");
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
