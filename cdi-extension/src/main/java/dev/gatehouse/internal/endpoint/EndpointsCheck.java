package dev.gatehouse.internal.endpoint;

import dev.gatehouse.internal.runtime.Endpoints;
import dev.gatehouse.servlet.GatehouseInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/**
 * Stops the start of an application in which our initializers did not run and no filter handles all
 * requests.
 */
public final class EndpointsCheck implements ServletContextListener {
  /**
   * The initializer's context, because the context of a listener may refuse queries about filters.
   */
  private final ServletContext context;

  private final boolean hasEndpoints;

  private EndpointsCheck(ServletContext context, boolean hasEndpoints) {
    this.context = context;
    this.hasEndpoints = hasEndpoints;
  }

  /**
   * Runs the check after all initializers. Some servers start CDI before them, others after.
   *
   * @param hasEndpoints whether REST resources or beans have annotations
   * @throws IllegalStateException if the initializers have run and there is no filter
   */
  static void after(ServletContext context, boolean hasEndpoints) {
    EndpointsCheck check = new EndpointsCheck(context, hasEndpoints);
    try {
      context.addListener(check);
    } catch (IllegalStateException
        | UnsupportedOperationException
        | IllegalArgumentException late) {
      check.run();
    }
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    run();
  }

  private void run() {
    GatehouseInitializer.requireFilter(context);
    AnnotatedServlets.requireFilters(context);
    if (hasEndpoints) {
      Endpoints unused = Endpoints.of(context);
    }
  }
}
