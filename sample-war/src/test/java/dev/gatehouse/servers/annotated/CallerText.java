package dev.gatehouse.servers.annotated;

import dev.gatehouse.Consumer;
import dev.gatehouse.servlet.Consumers;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;

/** What a protected place returns: the caller by the attribute and by the principal. */
final class CallerText {
  private CallerText() {}

  static String by(HttpServletRequest request, Principal principal) {
    return "protected "
        + Consumers.of(request).map(Consumer::username).orElse("null")
        + ' '
        + (principal == null ? "null" : principal.getName());
  }
}
