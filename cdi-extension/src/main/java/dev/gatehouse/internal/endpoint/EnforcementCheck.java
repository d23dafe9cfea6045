package dev.gatehouse.internal.endpoint;

import dev.gatehouse.ConfigException;
import dev.gatehouse.internal.injection.Visible;
import dev.gatehouse.settings.ConfigProblems;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import java.lang.reflect.Modifier;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Compares the annotations of an application with the enforced ones, after the listeners of the
 * application have registered servlets and filters.
 */
final class EnforcementCheck implements ServletContextListener {
  private final ServletContext context;
  private final Set<Class<?>> found;
  private final LateRegistrations late;
  private final boolean withCdi;

  /**
   * @param context the context of the initializer
   * @param found the classes in which the container has found annotations
   * @param withCdi whether CDI may be active
   */
  EnforcementCheck(
      ServletContext context, Set<Class<?>> found, LateRegistrations late, boolean withCdi) {
    this.context = context;
    this.found = found;
    this.late = late;
    this.withCdi = withCdi;
  }

  /**
   * Checks the application.
   *
   * @throws ConfigException with all problems, if there are any
   */
  @Override
  public void contextInitialized(ServletContextEvent event) {
    ConfigProblems mistakes = new ConfigProblems();
    GatehouseExtension extension = withCdi ? Extensions.find() : null;
    Predicate<Class<?>> intercepts = extension == null ? type -> false : extension::intercepts;
    for (Class<?> type : found) {
      if (AnnotationPlacement.of(type) == AnnotationPlacement.Place.ENDPOINT) {
        Enforcement.report(type, intercepts, mistakes);
      }
    }
    late.check(mistakes);
    mistakes.throwIfAny();
    if (extension != null) {
      open(extension);
    }
  }

  /** Also reads the settings of inherited annotations, which containers do not find. */
  private void open(GatehouseExtension extension) {
    Set<Class<?>> guarded = new LinkedHashSet<>(extension.guarded().types());
    guarded.removeIf(type -> isAbstract(type) || Visible.load(type.getName(), context) != type);
    if (guarded.isEmpty()) {
      return;
    }
    try {
      AnnotatedEndpoints.open(guarded, context);
    } catch (ServletException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static boolean isAbstract(Class<?> type) {
    return Modifier.isAbstract(type.getModifiers());
  }
}
