package dev.gatehouse.cdi;

import dev.gatehouse.servlet.Endpoints;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Stops the start of an application whose annotated endpoints have no filter around them. */
public final class EndpointsCheck implements ServletContextListener {
  /** For {@link ServletContext#addListener}. */
  public EndpointsCheck() {}

  /**
   * Checks when all initializers have run: some servers start CDI before them, others after.
   *
   * @throws IllegalStateException if they have run, and there is no filter
   */
  static void after(ServletContext context) {
    try {
      context.addListener(new EndpointsCheck());
    } catch (IllegalStateException
        | UnsupportedOperationException
        | IllegalArgumentException late) {
      Endpoints unused = Endpoints.of(context);
    }
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    Endpoints unused = Endpoints.of(event.getServletContext());
  }
}
