package dev.gatehouse.internal.start;

import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.config.ConfigSources;
import dev.gatehouse.internal.config.SecretReferences;
import dev.gatehouse.internal.property.GatehouseProperties;
import dev.gatehouse.internal.property.PropertySources;
import dev.gatehouse.internal.runtime.ContainerFilterRuntime;
import dev.gatehouse.internal.runtime.FilterRuntimeSource;
import dev.gatehouse.internal.runtime.OurFilters;
import dev.gatehouse.internal.runtime.Registrations;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.settings.ConfigProblems;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration of every filter while the application can still be stopped.
 *
 * <p>When {@code Filter.init} throws, Payara serves the application without that filter; when an
 * initializer throws, no server starts it.
 */
public final class EagerStart {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.config");
  private static final String ATTRIBUTE = "dev.gatehouse.start.";
  private static final String CHECKED = "dev.gatehouse.start";
  private static final String BY_INITIALIZER = "initializer";
  private static final String DISPATCHES = "dev.gatehouse.dispatches.";
  private static final Set<DispatcherType> LATER =
      Set.of(
          DispatcherType.FORWARD,
          DispatcherType.INCLUDE,
          DispatcherType.ASYNC,
          DispatcherType.ERROR);

  /** Dispatches that the filter of a servlet does not handle. */
  private static final Set<DispatcherType> NOT_BY_SERVLET =
      Set.of(DispatcherType.ASYNC, DispatcherType.ERROR);

  private EagerStart() {}

  /** Returns whether an application needs the filter for all paths. */
  public static boolean wantsFilter(ServletContext context) throws ServletException {
    ConfigProblems unused = new ConfigProblems();
    PropertySources sources =
        new PropertySources(
            PropertySources.ofServer(context), SecretReferences.ofProcess(), unused);
    try {
      boolean without =
          sources
              .get(GatehouseProperties.ROUTES)
              .map(String::strip)
              .filter(GatehouseProperties.NO_ROUTES::equals)
              .isPresent();
      return !without
          || sources.get(ConfigSources.SETTING).isPresent()
          || ConfigSources.isThere(context);
    } catch (ConfigException e) {
      LOG.log(System.Logger.Level.ERROR, e.getMessage());
      throw new ServletException(e.getMessage(), e);
    }
  }

  /**
   * Opens the configuration of all registered filters that are not open.
   *
   * @throws ServletException naming every mistake; nothing stays open
   */
  public static void open(ServletContext context) throws ServletException {
    List<String> opened = new ArrayList<>();
    boolean all = false;
    try {
      for (FilterRegistration filter : context.getFilterRegistrations().values()) {
        String attribute = ATTRIBUTE + filter.getName();
        if (ConsumerFilter.class.getName().equals(filter.getClassName())
            && context.getAttribute(attribute) == null) {
          context.setAttribute(
              attribute, ContainerFilterRuntime.open(new Registered(filter, context)));
          opened.add(attribute);
        }
      }
      coverDispatches(context);
      Registrations.store(context);
      if (context.getAttribute(CHECKED) == null) {
        context.addListener(new StartCheck(context));
        context.setAttribute(CHECKED, BY_INITIALIZER);
      }
      all = true;
    } finally {
      if (!all) {
        opened.forEach(attribute -> closeIfOpen(take(context, attribute)));
      }
    }
  }

  /**
   * What a filter runs with.
   *
   * @param early what was opened for it before
   * @param built what was built for it in code
   * @throws ServletException naming every mistake; nothing stays open
   * @throws ConfigException with all problems, if there are any
   */
  public static FilterRuntimeSource source(
      FilterConfig config, @Nullable FilterRuntimeSource early, @Nullable FilterRuntimeSource built)
      throws ServletException {
    if (built != null) {
      closeIfOpen(early);
    }
    FilterRuntimeSource known = built == null ? early : built;
    FilterRuntimeSource source = known == null ? ContainerFilterRuntime.open(config) : known;
    boolean right = false;
    try {
      checkCoverage(config);
      coverDispatches(config);
      checkOnce(config.getServletContext());
      right = true;
      return source;
    } finally {
      if (!right) {
        source.close();
      }
    }
  }

  /** Whether the initializer has run in an application, or a filter has done its work. */
  public static boolean isDone(ServletContext context) {
    return context.getAttribute(CHECKED) != null;
  }

  private static void checkCoverage(FilterConfig config) {
    ServletContext context = config.getServletContext();
    String name = config.getFilterName();
    if (!OurFilters.of(context).coverAllPaths()
        && !OurFilters.coversAllPaths(context.getFilterRegistration(name))) {
      throw new ConfigException(
          "filter '" + name + "'",
          "is not mapped to /*, and no other filter of Gatehouse is, so that unclear request"
              + " targets could get past it; map one to /*, or let the initializer of Gatehouse"
              + " run: under <absolute-ordering> it needs <name>gatehouse</name>");
    }
  }

  /** Where no initializer ran, the first filter checks the application. */
  private static void checkOnce(ServletContext context) {
    if (context.getAttribute(CHECKED) == null) {
      new StartCheck(context).run();
      context.setAttribute(CHECKED, "filter");
    }
  }

  /** A mapping may lack dispatches; the initializer leaves two of them to other filters. */
  private static void coverDispatches(FilterConfig config) {
    ServletContext context = config.getServletContext();
    FilterRegistration own = context.getFilterRegistration(config.getFilterName());
    if (own == null || context.getAttribute(DISPATCHES + own.getName()) != null) {
      return;
    }
    boolean initialized = BY_INITIALIZER.equals(context.getAttribute(CHECKED));
    try {
      OurFilters.addDispatches(own, initialized ? NOT_BY_SERVLET : LATER);
    } catch (IllegalStateException | UnsupportedOperationException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "filter ''{0}'' judges only the dispatches that its mapping lists",
          own.getName());
    }
  }

  private static void coverDispatches(ServletContext context) {
    for (FilterRegistration filter : OurFilters.of(context).registrations()) {
      String attribute = DISPATCHES + filter.getName();
      if (context.getAttribute(attribute) == null) {
        OurFilters.addDispatches(filter, NOT_BY_SERVLET);
        context.setAttribute(attribute, true);
      }
    }
  }

  /** Has a filter that refuses everything see every request, where the server allows it. */
  public static void refuseAll(FilterConfig config) {
    try {
      FilterRegistration own =
          config.getServletContext().getFilterRegistration(config.getFilterName());
      if (own != null) {
        OurFilters.mapToAllPaths(own);
      }
    } catch (IllegalStateException | UnsupportedOperationException e) {
      LOG.log(System.Logger.Level.ERROR, "the server sends only some requests to this filter", e);
    }
  }

  /** Closes what no filter has taken over. */
  static void close(ServletContext context) {
    for (String attribute : Collections.list(context.getAttributeNames())) {
      if (attribute.startsWith(ATTRIBUTE)) {
        closeIfOpen(take(context, attribute));
      }
    }
  }

  /** Logs one mistake; the answer is to be thrown. */
  public static ServletException refuse(String place, String problem) {
    ConfigException mistake = new ConfigException(place, problem);
    LOG.log(System.Logger.Level.ERROR, mistake.getMessage());
    return new ServletException(mistake.getMessage(), mistake);
  }

  /** Hands over what was opened for a filter, once; null when nothing was. */
  public static @Nullable FilterRuntimeSource take(FilterConfig filter) {
    return take(filter.getServletContext(), ATTRIBUTE + filter.getFilterName());
  }

  static void closeIfOpen(@Nullable FilterRuntimeSource source) {
    if (source != null) {
      source.close();
    }
  }

  private static @Nullable FilterRuntimeSource take(ServletContext context, String attribute) {
    FilterRuntimeSource found =
        context.getAttribute(attribute) instanceof FilterRuntimeSource it ? it : null;
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
