package dev.gatehouse.cdi;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Mistakes;
import dev.gatehouse.annotation.Acl;
import dev.gatehouse.annotation.BasicAuth;
import dev.gatehouse.annotation.HmacAuth;
import dev.gatehouse.annotation.JwtAuth;
import dev.gatehouse.annotation.KeyAuth;
import dev.gatehouse.annotation.LimitCount;
import dev.gatehouse.annotation.Plugin;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.GatehouseInitializer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.HandlesTypes;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives every annotated servlet a filter of its own, mapped to the servlet's name, so that it holds
 * for all of the servlet's mappings and for FORWARD and INCLUDE too.
 *
 * <p>The filter is what {@code web.xml} could declare: its parameters are the annotations. Whatever
 * is wrong with one stops the application from starting.
 */
@HandlesTypes({
  Acl.class,
  BasicAuth.class,
  HmacAuth.class,
  JwtAuth.class,
  KeyAuth.class,
  LimitCount.class,
  Plugin.class,
  Plugin.List.class
})
public final class AnnotatedServlets implements ServletContainerInitializer {
  private static final String BEAN_MANAGER = "jakarta.enterprise.inject.spi.BeanManager";
  private static final String SERVER_LOGIN = "dev.gatehouse.security.ServerLogin";
  private static final String MECHANISMS =
      "jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism";

  private static final String DONE = "dev.gatehouse.annotated-servlets";

  /** Called by the container. */
  public AnnotatedServlets() {}

  /**
   * Checks an application whose initializers have all run.
   *
   * @throws ConfigException naming every annotated servlet, if this one has not
   */
  static void requireFilters(ServletContext context) {
    Mistakes mistakes = new Mistakes();
    if (context.getAttribute(DONE) == null) {
      for (ServletRegistration servlet : context.getServletRegistrations().values()) {
        Class<?> type = load(servlet.getClassName(), context);
        if (type != null && Misplaced.of(type) == Misplaced.Place.SERVLET) {
          mistakes.add(
              type.getName(),
              "has annotations of Gatehouse, and web.xml keeps our initializer out; add"
                  + " <name>gatehouse</name> and <name>gatehouse-cdi</name> to its"
                  + " <absolute-ordering>");
        }
      }
    }
    mistakes.throwIfAny();
  }

  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context)
      throws ServletException {
    Mistakes mistakes = new Mistakes();
    List<Class<?>> endpoints = new ArrayList<>();
    for (Class<?> type : classes == null ? Set.<Class<?>>of() : classes) {
      switch (Misplaced.of(type)) {
        case WRONG -> Misplaced.report(type, mistakes);
        case ENDPOINT -> endpoints.add(type);
        default -> {}
      }
    }
    for (ServletRegistration servlet : context.getServletRegistrations().values()) {
      Class<?> type = load(servlet.getClassName(), context);
      if (type != null) {
        guard(servlet.getName(), type, context, mistakes);
      }
    }
    try {
      mistakes.throwIfAny();
    } catch (ConfigException e) {
      throw new ServletException(e.getMessage(), e);
    }
    context.setAttribute(DONE, true);
    new GatehouseInitializer().onStartup(null, context);
    if (!endpoints.isEmpty()) {
      AnnotatedEndpoints.surround(context);
      AnnotatedEndpoints.open(endpoints, context);
    }
    keepServerLogin(context);
    if (isHere(BEAN_MANAGER)) {
      context.addListener(new Started.Announcement());
    }
  }

  private static boolean isHere(String type) {
    try {
      return Class.forName(type, false, AnnotatedServlets.class.getClassLoader()) != null;
    } catch (ClassNotFoundException | LinkageError absent) {
      return false;
    }
  }

  private static void keepServerLogin(ServletContext context) {
    if (isHere(MECHANISMS)) {
      context.addListener(SERVER_LOGIN);
    }
  }

  private static void guard(
      String servlet, Class<?> type, ServletContext context, Mistakes mistakes) {
    for (Method method : EndpointPlugins.annotatedMethods(type)) {
      mistakes.add(
          method.getDeclaringClass().getName() + "#" + method.getName(),
          "is a servlet's method, which a container calls in its own ways; annotate the class");
    }
    try {
      EndpointPlugins plugins = EndpointPlugins.of(type);
      if (!plugins.isEmpty()) {
        register("gatehouse of servlet " + servlet, plugins, context)
            .addMappingForServletNames(
                EnumSet.of(
                    DispatcherType.REQUEST,
                    DispatcherType.ASYNC,
                    DispatcherType.ERROR,
                    DispatcherType.FORWARD,
                    DispatcherType.INCLUDE),
                true,
                servlet);
      }
    } catch (ConfigException e) {
      mistakes.addAll(e);
    }
  }

  private static FilterRegistration.Dynamic register(
      String name, EndpointPlugins plugins, ServletContext context) {
    FilterRegistration.Dynamic filter = context.addFilter(name, ConsumerFilter.class);
    if (filter == null) {
      throw new ConfigException(plugins.place(), "has annotations, and a filter named " + name);
    }
    filter.setAsyncSupported(true);
    plugins.settings().forEach(filter::setInitParameter);
    return filter;
  }

  /** A servlet that the application cannot load is the container's to report. */
  private static @Nullable Class<?> load(@Nullable String name, ServletContext context) {
    try {
      return name == null ? null : Class.forName(name, false, context.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }
}
