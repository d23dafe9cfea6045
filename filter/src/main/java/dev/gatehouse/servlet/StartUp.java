package dev.gatehouse.servlet;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration of every filter while the application can still be stopped.
 *
 * <p>When {@code Filter.init} throws, Payara serves the application without that filter; when an
 * initializer throws, no server starts it.
 */
final class StartUp {
  private static final String ATTRIBUTE = "dev.gatehouse.start.";

  private StartUp() {}

  /**
   * Opens the configuration of all filters that are registered by now and are not open yet.
   *
   * @throws ServletException naming every mistake; nothing stays open
   */
  static void open(ServletContext context) throws ServletException {
    List<String> opened = new ArrayList<>();
    boolean all = false;
    try {
      for (FilterRegistration filter : context.getFilterRegistrations().values()) {
        String attribute = ATTRIBUTE + filter.getName();
        if (ConsumerFilter.class.getName().equals(filter.getClassName())
            && context.getAttribute(attribute) == null) {
          context.setAttribute(attribute, ConfiguredSite.open(new Registered(filter, context)));
          opened.add(attribute);
        }
      }
      all = true;
    } finally {
      if (!all) {
        opened.forEach(attribute -> closeIfOpen(take(context, attribute)));
      }
    }
  }

  /** Hands over what was opened for a filter, once; null when nothing was. */
  static @Nullable SiteSource take(FilterConfig filter) {
    return take(filter.getServletContext(), ATTRIBUTE + filter.getFilterName());
  }

  static void closeIfOpen(@Nullable SiteSource source) {
    if (source != null) {
      source.close();
    }
  }

  private static @Nullable SiteSource take(ServletContext context, String attribute) {
    SiteSource found = context.getAttribute(attribute) instanceof SiteSource it ? it : null;
    context.removeAttribute(attribute);
    return found;
  }

  /**
   * A registered filter, as its own init will see it.
   *
   * @param filter the registration
   * @param getServletContext the application
   */
  private record Registered(FilterRegistration filter, ServletContext getServletContext)
      implements FilterConfig {
    @Override
    public String getFilterName() {
      return filter.getName();
    }

    @Override
    public @Nullable String getInitParameter(String name) {
      return filter.getInitParameter(name);
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
      return Collections.enumeration(filter.getInitParameters().keySet());
    }
  }
}
