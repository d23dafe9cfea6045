package dev.gatehouse.cdi;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Mistakes;
import jakarta.enterprise.inject.spi.configurator.AnnotatedTypeConfigurator;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the annotated methods of an application's beans ask for, worked out once for each.
 *
 * <p>Safe for use by several threads.
 */
public final class GuardedMethods {
  private final Map<Place, EndpointPlugins> known = new ConcurrentHashMap<>();
  private final Set<Class<?>> types = ConcurrentHashMap.newKeySet();

  /** Knows nothing yet. */
  public GuardedMethods() {}

  /** A method when it is called on an object of a class. */
  private record Place(Class<?> type, Method method) {}

  /**
   * What a method asks for.
   *
   * @throws ConfigException if what is inherited contradicts itself
   */
  public EndpointPlugins of(Class<?> type, Method method) {
    return known.computeIfAbsent(
        new Place(type, method), place -> EndpointPlugins.of(place.type(), place.method()));
  }

  /**
   * Binds the interceptor to a class's methods that ask for something.
   *
   * @param mistakes receives what is wrong with them
   */
  void bind(AnnotatedTypeConfigurator<?> type, Mistakes mistakes) {
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

  /** The classes whose methods are bound. */
  Set<Class<?>> types() {
    return types;
  }

  private boolean isGuarded(Class<?> type, Method method, Mistakes mistakes) {
    try {
      EndpointPlugins plugins = of(type, method);
      report(plugins, method, mistakes);
      return !plugins.isEmpty() && isCallable(method);
    } catch (ConfigException e) {
      mistakes.addAll(e);
      return false;
    }
  }

  /** Reports what an annotated method cannot keep. */
  static void report(EndpointPlugins plugins, Method method, Mistakes mistakes) {
    if (!isCallable(method) && !DeclaredPlugins.at(method).isEmpty()) {
      mistakes.add(plugins.place(), "is static or private, so that no container sees its calls");
    }
    plugins
        .settings()
        .forEach(
            (plugin, settings) -> {
              if (settings.contains("\"hide_credentials\":true")) {
                mistakes.add(
                    plugins.place() + ": " + plugin,
                    "hides credentials on servlets only; declare a Route for the path");
              }
            });
  }

  private static boolean isCallable(Method method) {
    int modifiers = method.getModifiers();
    return !Modifier.isStatic(modifiers) && !Modifier.isPrivate(modifiers);
  }
}
