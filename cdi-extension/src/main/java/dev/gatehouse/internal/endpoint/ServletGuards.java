package dev.gatehouse.internal.endpoint;

import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.injection.Visible;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.settings.ConfigProblems;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/**
 * The filters of annotated servlets: one for each, mapped to the servlet's name, so that it holds
 * for all of the servlet's mappings and for FORWARD and INCLUDE too.
 *
 * <p>Used by one thread.
 */
final class ServletGuards {
  private static final EnumSet<DispatcherType> DISPATCHES = EnumSet.allOf(DispatcherType.class);

  private final ServletContext context;
  private final Set<String> known = new HashSet<>();

  ServletGuards(ServletContext context) {
    this.context = context;
  }

  /**
   * Gives a filter to every annotated servlet that has none yet.
   *
   * @return whether there were such servlets
   */
  boolean addMissing(ConfigProblems mistakes) {
    boolean added = false;
    for (ServletRegistration servlet : context.getServletRegistrations().values()) {
      Class<?> type = Visible.load(servlet.getClassName(), context);
      if (type != null && known.add(servlet.getName())) {
        added |= guard(servlet.getName(), type, mistakes);
      }
    }
    return added;
  }

  private boolean guard(String servlet, Class<?> type, ConfigProblems mistakes) {
    for (Method method : EndpointPlugins.annotatedMethods(type)) {
      mistakes.add(
          method.getDeclaringClass().getName() + "#" + method.getName(),
          "is a servlet's method, which a container calls in its own ways; annotate the class");
    }
    try {
      EndpointPlugins plugins = EndpointPlugins.of(type);
      if (plugins.isEmpty()) {
        return false;
      }
      register("gatehouse of servlet " + servlet, plugins)
          .addMappingForServletNames(DISPATCHES, true, servlet);
      return true;
    } catch (ConfigException e) {
      mistakes.addAll(e);
    } catch (IllegalStateException | UnsupportedOperationException e) {
      mistakes.add(
          type.getName(),
          "has annotations of Gatehouse, and its servlet was added when the server takes no filters"
              + " any more; add it in web.xml, by @WebServlet or by a ServletContainerInitializer");
    }
    return false;
  }

  private FilterRegistration.Dynamic register(String name, EndpointPlugins plugins) {
    FilterRegistration.Dynamic filter = context.addFilter(name, ConsumerFilter.class);
    if (filter == null) {
      throw new ConfigException(plugins.place(), "has annotations, and a filter named " + name);
    }
    filter.setAsyncSupported(true);
    plugins.settings().forEach(filter::setInitParameter);
    return filter;
  }
}
