package dev.gatehouse.internal.request;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request attribute that belongs to one application.
 *
 * <p>A request can run in several applications, through a forward or an include to another context.
 * If the server shares our classes between them, an attribute of a fixed name would carry the
 * Consumer of one application into the next. Safe for use by several threads.
 */
public final class OwnAttribute {
  private static final String SCOPE = "dev.gatehouse.scope";

  private OwnAttribute() {}

  /** The name of an attribute in the application in which a request runs now. */
  public static String name(String base, ServletRequest request) {
    ServletContext context = request.getServletContext();
    return context == null ? base : base + '@' + scope(context);
  }

  /** The same text for every view of one application, and another one for each application. */
  static String scope(ServletContext context) {
    String known = known(context);
    return known == null ? made(context) : known;
  }

  private static String made(ServletContext context) {
    synchronized (OwnAttribute.class) {
      String known = known(context);
      if (known != null) {
        return known;
      }
      String made = UUID.randomUUID().toString();
      context.setAttribute(SCOPE, made);
      return made;
    }
  }

  private static @Nullable String known(ServletContext context) {
    return context.getAttribute(SCOPE) instanceof String text ? text : null;
  }
}
