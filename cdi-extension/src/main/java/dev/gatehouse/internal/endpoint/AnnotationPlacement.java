package dev.gatehouse.internal.endpoint;

import dev.gatehouse.settings.ConfigProblems;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.util.Arrays;
import java.util.EventListener;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A check for annotations at classes that are not enforced. They stop the start. */
final class AnnotationPlacement {
  private static final Set<String> WRONG_CLASSES =
      Set.of("jakarta.websocket.Endpoint", "jakarta.ws.rs.core.Application");

  private AnnotationPlacement() {}

  /** The role of an annotated class. */
  enum Place {
    /** The class has no annotations. */
    NONE,
    /** A servlet, which gets a filter. */
    SERVLET,
    /** A class whose methods are endpoints. */
    ENDPOINT,
    /** Annotations have no effect there. */
    WRONG
  }

  /**
   * Returns the role of a class. A class that cannot be loaded completely is not run by a
   * container.
   */
  static Place of(Class<?> type) {
    try {
      if (type.isInterface() || type.isAnnotation() || !EndpointPlugins.anyOn(type)) {
        return Place.NONE;
      }
    } catch (LinkageError e) {
      return Place.NONE;
    }
    if (Servlet.class.isAssignableFrom(type)) {
      return Place.SERVLET;
    }
    boolean wrong =
        Filter.class.isAssignableFrom(type)
            || EventListener.class.isAssignableFrom(type)
            || isWrongClass(type)
            || Arrays.stream(type.getAnnotations())
                .anyMatch(one -> one.annotationType().getName().startsWith("jakarta.websocket."));
    return wrong ? Place.WRONG : Place.ENDPOINT;
  }

  private static boolean isWrongClass(@Nullable Class<?> type) {
    return type != null
        && (WRONG_CLASSES.contains(type.getName()) || isWrongClass(type.getSuperclass()));
  }

  /** Reports a class at which annotations have no effect. */
  static void report(Class<?> type, ConfigProblems mistakes) {
    mistakes.add(
        type.getName(),
        "has annotations of Gatehouse, which hold on servlets, REST resources and CDI beans only;"
            + " protect its paths by Routes");
  }
}
