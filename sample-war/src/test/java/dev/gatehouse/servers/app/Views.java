package dev.gatehouse.servers.app;

import dev.gatehouse.Consumer;
import dev.gatehouse.cdi.Caller;
import dev.gatehouse.servlet.Consumers;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The caller by every API that returns it, one line for each: its name and its answer. */
final class Views {
  /** A role that only some callers have. */
  static final String ROLE = "reader";

  private final Map<String, String> answers = new TreeMap<>();

  Views(HttpServletRequest request) {
    add("servlet.principal", () -> name(request.getUserPrincipal()));
    add("servlet.remoteUser", () -> String.valueOf(request.getRemoteUser()));
    add("servlet.role", () -> String.valueOf(request.isUserInRole(ROLE)));
    add("consumers.of", () -> Consumers.of(request).map(Consumer::username).orElse("null"));
    add("cdi.consumer", () -> CDI.current().select(Consumer.class).get().username());
    add(
        "cdi.caller",
        () ->
            CDI.current()
                .select(Caller.class)
                .get()
                .consumer()
                .map(Consumer::username)
                .orElse("null"));
    if (isThere("jakarta.security.enterprise.SecurityContext")) {
      SecurityViews.addTo(this);
    }
    if (isThere("dev.gatehouse.servers.app.CallerBean")) {
      EjbViews.addTo(this);
    }
  }

  void add(String view, Supplier<String> answer) {
    answers.put(view, said(answer));
  }

  private static String said(Supplier<String> answer) {
    try {
      return answer.get();
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName();
    }
  }

  static String name(Principal principal) {
    return principal == null ? "null" : principal.getName();
  }

  String text() {
    StringBuilder lines = new StringBuilder("protected\n");
    answers.forEach((view, answer) -> lines.append(view).append('=').append(answer).append('\n'));
    return lines.toString();
  }

  private static boolean isThere(String type) {
    try {
      return Class.forName(type, false, Thread.currentThread().getContextClassLoader()) != null;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
