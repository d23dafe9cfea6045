package dev.gatehouse.internal.endpoint;

import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.runtime.Endpoints;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.GatehouseInitializer;
import dev.gatehouse.settings.ConfigProblems;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The start of an application with annotated REST resources and beans. */
final class AnnotatedEndpoints {
  private AnnotatedEndpoints() {}

  /** Adds a filter around all requests, unless there is one. */
  static void surround(ServletContext context) throws ServletException {
    boolean surrounded =
        context.getFilterRegistrations().values().stream().anyMatch(AnnotatedEndpoints::isAround);
    if (!surrounded) {
      FilterRegistration.Dynamic filter = context.addFilter(Endpoints.FILTER, ConsumerFilter.class);
      if (filter == null) {
        throw new ServletException("a filter is named " + Endpoints.FILTER + ", which is ours");
      }
      filter.setAsyncSupported(true);
      filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
      new GatehouseInitializer().onStartup(null, context);
    }
  }

  private static boolean isAround(FilterRegistration filter) {
    return ConsumerFilter.class.getName().equals(filter.getClassName())
        && filter.getUrlPatternMappings().contains("/*");
  }

  /** Reads the settings of all annotated methods, so that a problem stops the start. */
  static void open(Collection<Class<?>> types, ServletContext context) throws ServletException {
    ConfigProblems mistakes = new ConfigProblems();
    Endpoints endpoints = Endpoints.of(context);
    for (Class<?> type : types) {
      for (Method method : methods(type)) {
        try {
          EndpointPlugins plugins = EndpointPlugins.of(type, method);
          GuardedMethods.report(plugins, method, mistakes);
          if (!plugins.isEmpty()) {
            endpoints.open(plugins.place(), plugins.settings());
          }
        } catch (ConfigException e) {
          mistakes.addAll(e);
        }
      }
    }
    try {
      mistakes.throwIfAny();
    } catch (ConfigException e) {
      throw new ServletException(e.getMessage(), e);
    }
  }

  private static Set<Method> methods(Class<?> type) {
    Set<Method> methods = new LinkedHashSet<>(List.of(type.getDeclaredMethods()));
    methods.addAll(List.of(type.getMethods()));
    methods.removeIf(method -> method.isBridge() || method.getDeclaringClass() == Object.class);
    return methods;
  }
}
