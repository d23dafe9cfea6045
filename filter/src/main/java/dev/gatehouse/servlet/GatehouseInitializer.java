package dev.gatehouse.servlet;

import dev.gatehouse.internal.request.DispatchFilter;
import dev.gatehouse.internal.runtime.OurFilters;
import dev.gatehouse.internal.start.EagerStart;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers the filter for all paths and dispatches, before all other filters, in every application
 * that contains this jar, so that the target of every request is checked.
 *
 * <p>It reads the configuration of every filter, so that an application with problems does not
 * start on any server. An initializer that registers further filters of Gatehouse calls it again;
 * open filters stay open.
 */
public final class GatehouseInitializer implements ServletContainerInitializer {
  private static final String NAME = "gatehouse";
  private static final String REMEDY =
      ", so that nothing serves the Routes of a file and no request target is checked; add"
          + " <name>gatehouse</name> and <name>gatehouse-cdi</name> to its <absolute-ordering>, or"
          + " map a ConsumerFilter to /*";

  /** Called by the container. */
  public GatehouseInitializer() {}

  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context)
      throws ServletException {
    if (EagerStart.wantsFilter(context)) {
      register(context);
    }
    EagerStart.open(context);
    DispatchFilter.register(context);
  }

  /**
   * Checks an application after all initializers.
   *
   * @throws IllegalStateException if this initializer has not run although the application requires
   *     Routes, and no filter of Gatehouse is mapped to all paths
   */
  public static void requireFilter(ServletContext context) {
    try {
      if (!EagerStart.isDone(context)
          && EagerStart.wantsFilter(context)
          && !OurFilters.of(context).coverAllPaths()) {
        throw EagerStart.refuse("web.xml", "excludes the initializer of Gatehouse" + REMEDY);
      }
    } catch (ServletException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static void register(ServletContext context) throws ServletException {
    FilterRegistration declared = context.getFilterRegistration(NAME);
    if (declared != null) {
      check(declared);
      return;
    }
    FilterRegistration.Dynamic filter = context.addFilter(NAME, ConsumerFilter.class);
    if (filter == null) {
      throw new ServletException("The filter '" + NAME + "' could not be registered");
    }
    filter.setAsyncSupported(true);
    OurFilters.mapToAllPaths(filter);
  }

  /** Checks a declared filter with the name of ours, which replaces it. */
  private static void check(FilterRegistration declared) throws ServletException {
    boolean ours = ConsumerFilter.class.getName().equals(declared.getClassName());
    if (!ours) {
      throw EagerStart.refuse(
          "web.xml filter '" + NAME + "'",
          "has the class "
              + declared.getClassName()
              + "; this name is reserved for the filter that serves the Routes of the file: rename"
              + " yours");
    }
    if (!declared.getInitParameters().isEmpty() || !OurFilters.coversAllPaths(declared)) {
      throw EagerStart.refuse(
          "web.xml filter '" + NAME + "'",
          "has parameters or no mapping to /*; this name is reserved for the filter that serves the"
              + " Routes of the file: rename yours");
    }
  }
}
