package dev.gatehouse.internal.request;

import dev.gatehouse.internal.engine.Passage;
import dev.gatehouse.servlet.Consumers;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a request has come in one application.
 *
 * @param attribute the name of the attribute that holds it
 * @param home the application
 */
record OwnPassage(String attribute, @Nullable ServletContext home) {
  private static final String LOGOUT = "dev.gatehouse.logout";

  /** That of the application in which a request runs now. */
  static OwnPassage of(ServletRequest request) {
    return new OwnPassage(Consumers.attribute(request), request.getServletContext());
  }

  /**
   * Returns what the application may see. While another application runs, as after a forward to
   * another context, the same places are hidden, and there is no Consumer.
   */
  Passage in(ServletRequest request) {
    Passage now = Consumers.passage(request, attribute);
    return isAtHome(request) ? now : masked(now);
  }

  /** The caller has logged out: the request has no user from now on. */
  void logout(ServletRequest request) {
    request.setAttribute(LOGOUT + attribute, true);
  }

  /** Returns whether the caller has logged out. */
  boolean isLoggedOut(ServletRequest request) {
    return request.getAttribute(LOGOUT + attribute) != null;
  }

  private boolean isAtHome(ServletRequest request) {
    return request.getServletContext() == home || Consumers.attribute(request).equals(attribute);
  }

  private static Passage masked(Passage passage) {
    Map<String, Optional<String>> attached = new LinkedHashMap<>();
    passage.attached().keySet().forEach(name -> attached.put(name, Optional.empty()));
    return new Passage(null, null, passage.hidden(), attached, List.of());
  }
}
