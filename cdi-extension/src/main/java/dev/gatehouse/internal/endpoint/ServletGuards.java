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
 * The filters of annotated servlets. Each is mapped to its servlet's name, so that it applies to
 * all mappings of the servlet, and to FORWARD and INCLUDE.
 *
 * <p>Not safe for use by several threads.
 */
final class ServletGuards {
  private static final EnumSet<DispatcherType> DISPATCHES = EnumSet.allOf(DispatcherType.class);

  private final ServletContext context;
  private final Set<String> known = new HashSet<>();

  ServletGuards(ServletContext context) {
    this.context = context;
  }

  /**
   * Adds a filter to every annotated servlet without one.
   *
   * @return whether filters were added
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
