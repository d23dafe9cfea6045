package dev.gatehouse.internal.runtime;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.List;

/**
 * What is registered in an application.
 *
 * @param filters the filters of ours
 * @param servlets all servlets
 */
record Registrations(OurFilters filters, List<ServletRegistration> servlets) {
  private static final String ATTRIBUTE = "dev.gatehouse.registrations";

  /** Copies the list. */
  Registrations {
    servlets = List.copyOf(servlets);
  }

  /** Keeps what is registered now, for servers that refuse the question to listeners. */
  static void keep(ServletContext context) {
    context.setAttribute(ATTRIBUTE, now(context));
  }

  /** What is registered now, or what was kept last where the server does not say it. */
  static Registrations of(ServletContext context) {
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
