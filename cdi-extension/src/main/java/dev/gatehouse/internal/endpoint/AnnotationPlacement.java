package dev.gatehouse.internal.endpoint;

import dev.gatehouse.settings.ConfigProblems;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.util.Arrays;
import java.util.EventListener;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Annotations in a place where nothing enforces them, which stop the start. */
final class AnnotationPlacement {
  private static final Set<String> WRONG_CLASSES =
      Set.of("jakarta.websocket.Endpoint", "jakarta.ws.rs.core.Application");

  private AnnotationPlacement() {}

  /** What a class is to annotations of ours. */
  enum Place {
    /** It has none. */
    NONE,
    /** It is a servlet, which gets a filter. */
    SERVLET,
    /** Its methods are endpoints, if a container calls them. */
    ENDPOINT,
    /** Nothing enforces them there. */
    WRONG
  }

  /** Judges a class; one of which a part cannot be loaded is none that a container would run. */
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
