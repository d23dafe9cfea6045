package dev.gatehouse.internal.endpoint;

import dev.gatehouse.ConfigException;
import dev.gatehouse.annotation.Acl;
import dev.gatehouse.annotation.BasicAuth;
import dev.gatehouse.annotation.HmacAuth;
import dev.gatehouse.annotation.JwtAuth;
import dev.gatehouse.annotation.KeyAuth;
import dev.gatehouse.annotation.LimitCount;
import dev.gatehouse.annotation.Plugin;
import dev.gatehouse.annotation.PluginAnnotation;
import dev.gatehouse.internal.injection.ApplicationStarted;
import dev.gatehouse.internal.injection.Visible;
import dev.gatehouse.servlet.GatehouseInitializer;
import dev.gatehouse.settings.ConfigProblems;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.HandlesTypes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the annotations of an application at its start and adds filters for annotated servlets.
 *
 * <p>A wrong annotation stops the start.
 */
@HandlesTypes({
  Acl.class,
  BasicAuth.class,
  HmacAuth.class,
  JwtAuth.class,
  KeyAuth.class,
  LimitCount.class,
  Plugin.class,
  Plugin.List.class,
  PluginAnnotation.class
})
public final class AnnotatedServlets implements ServletContainerInitializer {
  private static final String BEAN_MANAGER = "jakarta.enterprise.inject.spi.BeanManager";
  private static final String DONE = "dev.gatehouse.annotated-servlets";

  /** Called by the container. */
  public AnnotatedServlets() {}

  /**
   * Checks an application whose initializers have all run.
   *
   * @throws ConfigException naming every annotated servlet, if this one has not
   */
  static void requireFilters(ServletContext context) {
    ConfigProblems mistakes = new ConfigProblems();
    if (context.getAttribute(DONE) == null) {
      for (ServletRegistration servlet : context.getServletRegistrations().values()) {
        Class<?> type = Visible.load(servlet.getClassName(), context);
        if (type != null && AnnotationPlacement.of(type) == AnnotationPlacement.Place.SERVLET) {
          mistakes.add(
              type.getName(),
              "has annotations of Gatehouse, and web.xml excludes our initializer; add"
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
    ConfigProblems mistakes = new ConfigProblems();
    List<Class<?>> endpoints = new ArrayList<>();
    Set<Class<?>> found = classes == null ? Set.of() : Set.copyOf(classes);
    for (Class<?> type : found) {
      switch (AnnotationPlacement.of(type)) {
        case WRONG -> AnnotationPlacement.report(type, mistakes);
        case ENDPOINT -> endpoints.add(type);
        default -> {}
      }
    }
    ServletGuards servlets = new ServletGuards(context);
    servlets.addMissing(mistakes);
    try {
      mistakes.throwIfAny();
    } catch (ConfigException e) {
      throw new ServletException(e.getMessage(), e);
    }
    context.setAttribute(DONE, true);
    new GatehouseInitializer().onStartup(null, context);
    if (!found.isEmpty()) {
      AnnotatedEndpoints.surround(context);
      AnnotatedEndpoints.open(endpoints, context);
    }
    LateRegistrations late = new LateRegistrations(context, servlets);
    register(late, context);
    context.addListener(new EnforcementCheck(context, found, late, isPresent(BEAN_MANAGER)));
    if (isPresent(BEAN_MANAGER)) {
      context.addListener(new ApplicationStarted.Announcement());
    }
  }

  private static boolean isPresent(String type) {
    try {
      return Class.forName(type, false, AnnotatedServlets.class.getClassLoader()) != null;
    } catch (ClassNotFoundException | LinkageError absent) {
      return false;
    }
  }

  private static void register(LateRegistrations late, ServletContext context)
      throws ServletException {
    FilterRegistration.Dynamic filter = context.addFilter(LateRegistrations.NAME, late);
    if (filter == null) {
      throw new ServletException("a filter is named " + LateRegistrations.NAME + ", which is ours");
    }
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
  }
}
