package dev.gatehouse.internal.start;

import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.config.ConfigSources;
import dev.gatehouse.internal.property.GatehouseProperties;
import dev.gatehouse.internal.runtime.ApplicationRuntime;
import dev.gatehouse.internal.runtime.OurFilters;
import dev.gatehouse.internal.runtime.Registrations;
import dev.gatehouse.internal.runtime.RouteCheck;
import dev.gatehouse.settings.ConfigProblems;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.List;
import java.util.Optional;

/**
 * A check of an application after the registration of its filters. It stops a start that would
 * leave the application open.
 */
final class StartCheck implements ServletContextListener {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.config");

  /** The initializer's context, because the context of a listener refuses queries about filters. */
  private final ServletContext context;

  StartCheck(ServletContext context) {
    this.context = context;
  }

  /**
   * Checks the application.
   *
   * @throws ConfigException with all problems, if there are any; nothing stays open
   */
  @Override
  public void contextInitialized(ServletContextEvent event) {
    boolean right = false;
    try {
      run();
      right = true;
    } catch (ConfigException e) {
      LOG.log(System.Logger.Level.ERROR, e.getMessage());
      throw e;
    } finally {
      if (!right) {
        EagerStart.close(context);
      }
    }
  }

  /** Closes the runtime of filters that did not start. */
  @Override
  public void contextDestroyed(ServletContextEvent event) {
    EagerStart.close(context);
  }

  /**
   * Checks the application and logs the start line.
   *
   * @throws ConfigException with all problems, if there are any
   */
  void run() {
    ConfigProblems mistakes = new ConfigProblems();
    OurFilters filters = Registrations.of(context).filters();
    for (String filter : filters.unmapped()) {
      mistakes.add(
          "web.xml filter '" + filter + "'",
          "has no mapping, so that no request reaches it; give it a <filter-mapping>");
    }
    ApplicationRuntime application = ApplicationRuntime.open(context);
    if (application != null) {
      check(application, filters, mistakes);
    }
    mistakes.throwIfAny();
    if (application != null) {
      LOG.log(System.Logger.Level.INFO, new StartLine(application).text());
    }
  }

  private void check(ApplicationRuntime application, OurFilters filters, ConfigProblems mistakes) {
    boolean hasFile = application.fileName().isPresent();
    List<String> misplaced = ConfigSources.misplaced(context);
    boolean open = misplaced.isEmpty() || hasFile || filters.haveBuiltRoutes();
    for (String file : misplaced) {
      if (open) {
        LOG.log(System.Logger.Level.WARNING, "{0} is not read", file);
      } else {
        mistakes.add(
            file,
            "is not read; call it "
                + GatehouseProperties.DEFAULT_CONFIG
                + ", or name its place in "
                + ConfigSources.SETTING);
      }
    }
    if (!application.file().routes().isEmpty() && !filters.serveFile()) {
      mistakes.add(
          application.fileName().orElse("routes"),
          "has routes that no filter serves; map a ConsumerFilter without parameters to /*");
    }
    RouteCheck routes = application.routeCheck();
    routes.reportRoutes(application.file().routes(), mistakes);
    routes.reportMappings(filters, mistakes);
    if (open) {
      checkExpected(application, filters, mistakes);
    }
  }

  private static void checkExpected(
      ApplicationRuntime application, OurFilters filters, ConfigProblems mistakes) {
    boolean required = application.settings().routes().required();
    boolean declared =
        !application.file().routes().isEmpty()
            || filters.haveParameters()
            || application.hasEndpoints();
    Optional<String> file = application.fileName();
    if (required && !declared && !filters.haveBuiltRoutes()) {
      mistakes.add(
          file.orElse(GatehouseProperties.DEFAULT_CONFIG),
          (file.isPresent() ? "has no routes" : "is not there")
              + ", and there are none in web.xml, in annotations or in code, so that nothing is"
              + " protected; if that is meant, set "
              + GatehouseProperties.ROUTES
              + "="
              + GatehouseProperties.NO_ROUTES);
    } else if (!required && declared) {
      mistakes.add(
          GatehouseProperties.ROUTES,
          "is " + GatehouseProperties.NO_ROUTES + ", but there are Routes; take one of them away");
    }
  }
}
