package dev.gatehouse.internal.runtime;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.List;

/**
 * The filters and servlets that are registered in an application.
 *
 * @param filters the filters of Gatehouse
 * @param servlets all servlets
 */
public record Registrations(OurFilters filters, List<ServletRegistration> servlets) {
  private static final String ATTRIBUTE = "dev.gatehouse.registrations";

  /** Creates registrations. */
  public Registrations {
    servlets = List.copyOf(servlets);
  }

  /** Stores the present registrations, for servers that refuse queries of listeners. */
  public static void store(ServletContext context) {
    context.setAttribute(ATTRIBUTE, now(context));
  }

  /** Returns the present registrations, or the stored ones if the server refuses the query. */
  public static Registrations of(ServletContext context) {
    try {
      return now(context);
    } catch (UnsupportedOperationException inListener) {
      return context.getAttribute(ATTRIBUTE) instanceof Registrations kept
          ? kept
          : new Registrations(new OurFilters(List.of()), List.of());
    }
  }

  private static Registrations now(ServletContext context) {
    return new Registrations(
        OurFilters.of(context), List.copyOf(context.getServletRegistrations().values()));
  }
}
