package dev.gatehouse.internal.request;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The names of request attributes that belong to one application.
 *
 * <p>A request can run in several applications, by a forward or an include to another context. If
 * the server shares our classes, an attribute with a fixed name would pass the Consumer of one
 * application to another. Safe for use by several threads.
 */
public final class OwnAttribute {
  private static final String SCOPE = "dev.gatehouse.scope";

  private OwnAttribute() {}

  /** Returns the name of an attribute in the application in which a request runs now. */
  public static String name(String base, ServletRequest request) {
    ServletContext context = request.getServletContext();
    return context == null ? base : base + '@' + scope(context);
  }

  /** Returns a text that is the same for every view of an application and different for others. */
  static String scope(ServletContext context) {
    String known = known(context);
    return known == null ? createName(context) : known;
  }

  private static String createName(ServletContext context) {
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
