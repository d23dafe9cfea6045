package dev.gatehouse.internal.endpoint;

import dev.gatehouse.ConfigException;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import jakarta.enterprise.inject.spi.configurator.AnnotatedTypeConfigurator;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The plugins of the annotated methods of an application's beans, computed once for each method.
 *
 * <p>Safe for use by several threads.
 */
public final class GuardedMethods {
  private static final Set<String> CALLBACKS =
      Set.of(
          "jakarta.annotation.PostConstruct",
          "jakarta.annotation.PreDestroy",
          "jakarta.ejb.PostActivate",
          "jakarta.ejb.PrePassivate",
          "jakarta.ejb.Schedule",
          "jakarta.ejb.Schedules",
          "jakarta.ejb.Timeout",
          "jakarta.inject.Inject",
          "jakarta.interceptor.AroundConstruct",
          "jakarta.interceptor.AroundInvoke",
          "jakarta.interceptor.AroundTimeout");

  private final Map<Place, EndpointPlugins> known = new ConcurrentHashMap<>();
  private final Map<Class<?>, List<ConfigProblem>> locators = new ConcurrentHashMap<>();
  private final Set<Class<?>> types = ConcurrentHashMap.newKeySet();

  /** Creates an empty registry. */
  public GuardedMethods() {}

  /** A method that is called on an object of a class. */
  private record Place(Class<?> type, Method method) {}

  /**
   * Returns the plugins of a method.
   *
   * @throws ConfigException if what is inherited contradicts itself
   */
  public EndpointPlugins of(Class<?> type, Method method) {
    return known.computeIfAbsent(
        new Place(type, method), place -> EndpointPlugins.of(place.type(), place.method()));
  }

  /**
   * Binds the interceptor to the annotated methods of a class.
   *
   * @param mistakes receives problems
   */
  void bind(AnnotatedTypeConfigurator<?> type, ConfigProblems mistakes) {
    Class<?> javaClass = type.getAnnotated().getJavaClass();
    types.add(javaClass);
    type.methods()
        .forEach(
            each -> {
              Method method = each.getAnnotated().getJavaMember();
              if (isGuarded(javaClass, method, mistakes)) {
                each.add(Guarded.Literal.INSTANCE);
              }
            });
  }

  /**
   * Returns the class of a bean without the container's proxy.
   *
   * @param target the bean
   */
  Class<?> typeOf(Object target) {
    for (Class<?> each = target.getClass(); each != null; each = each.getSuperclass()) {
      if (types.contains(each)) {
        return each;
      }
    }
    return target.getClass();
  }

  /** Returns the classes with bound methods. */
  Set<Class<?>> types() {
    return types;
  }

  /** Returns whether a class is a root resource. */
  public static boolean isRoot(Class<?> type) {
    return RestClasses.isRoot(type);
  }

  /**
   * Returns a problem for each annotated sub-resource locator of a class that CDI does not
   * intercept.
   *
   * @param type the class of an object that a REST implementation calls
   */
  public List<ConfigProblem> unguardedLocators(Class<?> type) {
    return locators.computeIfAbsent(
        type,
        each -> {
          ConfigProblems mistakes = new ConfigProblems();
          GatehouseExtension extension = Extensions.find();
          Enforcement.reportLocators(
              each, extension == null ? other -> false : extension::intercepts, mistakes);
          return mistakes.found();
        });
  }

  private boolean isGuarded(Class<?> type, Method method, ConfigProblems mistakes) {
    try {
      EndpointPlugins plugins = of(type, method);
      report(plugins, method, mistakes);
      return !plugins.isEmpty() && isCallable(method);
    } catch (ConfigException e) {
      mistakes.addAll(e);
      return false;
    }
  }

  /** Reports settings that an annotated method does not support. */
  static void report(EndpointPlugins plugins, Method method, ConfigProblems mistakes) {
    if (!DeclaredPlugins.at(method).isEmpty()) {
      if (!isCallable(method)) {
        mistakes.add(plugins.place(), "is static or private, so that no container sees its calls");
      } else if (Arrays.stream(method.getAnnotations()).anyMatch(GuardedMethods::isCallback)) {
        mistakes.add(
            plugins.place(),
            "is called by the container on its own behalf, past all interceptors; annotate the"
                + " methods that callers call");
      }
    }
    plugins
        .settings()
        .forEach(
            (plugin, settings) -> {
              if (AnnotationSettings.hasTrue(settings, "hide_credentials")) {
                mistakes.add(
                    plugins.place() + ": " + plugin,
                    "hides credentials on servlets only; declare a Route for the path");
              }
            });
  }

  private static boolean isCallback(Annotation annotation) {
    return CALLBACKS.contains(annotation.annotationType().getName());
  }

  private static boolean isCallable(Method method) {
    int modifiers = method.getModifiers();
    return !Modifier.isStatic(modifiers) && !Modifier.isPrivate(modifiers);
  }
}
