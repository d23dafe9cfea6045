package dev.gatehouse.internal.runtime;

import dev.gatehouse.Route;
import dev.gatehouse.internal.property.GatehouseProperties;
import dev.gatehouse.settings.ConfigProblems;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A check whether the Routes of an application protect something in it.
 *
 * @param context the application
 * @param repeatsContextPath whether patterns may begin with the context path
 */
public record RouteCheck(ServletContext context, boolean repeatsContextPath) {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.config");

  /** Reports Routes of the file whose patterns begin with the context path. */
  public void reportRoutes(List<Route> routes, ConfigProblems mistakes) {
    for (int i = 0; i < routes.size(); i++) {
      List<String> uris = routes.get(i).uris();
      for (int k = 0; k < uris.size(); k++) {
        report("routes[" + i + "].uris[" + k + "]", uris.get(k), mistakes);
      }
    }
  }

  /**
   * Checks the Routes of a changed file.
   *
   * @throws dev.gatehouse.ConfigException if all Routes were removed, or a pattern begins with the
   *     context path
   */
  void checkReload(List<Route> before, List<Route> now) {
    ConfigProblems mistakes = new ConfigProblems();
    if (now.isEmpty() && !before.isEmpty()) {
      mistakes.add(
          "routes",
          "are all gone, of "
              + before.size()
              + " before; to run without Routes, restart the application with "
              + GatehouseProperties.ROUTES
              + "="
              + GatehouseProperties.NO_ROUTES);
    }
    reportRoutes(now, mistakes);
    mistakes.throwIfAny();
  }

  /** Reports mappings of filters that begin with the context path. */
  public void reportMappings(OurFilters filters, ConfigProblems mistakes) {
    for (FilterRegistration filter : filters.registrations()) {
      @Nullable Collection<String> patterns = filter.getUrlPatternMappings();
      for (String pattern : patterns == null ? List.<String>of() : patterns) {
        report("mapping of the filter '" + filter.getName() + "'", pattern, mistakes);
      }
    }
  }

  private void report(String place, String pattern, ConfigProblems mistakes) {
    String path = context.getContextPath();
    boolean repeated = !path.isEmpty() && (pattern.equals(path) || pattern.startsWith(path + '/'));
    ServedPaths served = new ServedPaths(context);
    if (repeated && !repeatsContextPath && !served.has(path)) {
      mistakes.add(
          place,
          "begins with the context path "
              + path
              + ", was \""
              + pattern
              + "\"; patterns are relative to it: leave it out, or set "
              + GatehouseProperties.REPEATS_CONTEXT_PATH
              + "=true if the application has such a path");
    } else if (!repeated && !served.mayServe(pattern)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "no servlet and no file of the application serves {0} ({1}); is it spelt right?",
          pattern,
          place);
    }
  }
}
