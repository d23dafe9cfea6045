package dev.gatehouse.cdi;

import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** REST resources, told without a REST implementation. */
final class RestClasses {
  private RestClasses() {}

  /** Whether a REST implementation calls a class, or classes that it is a supertype of. */
  static boolean isResource(@Nullable Class<?> type) {
    return type != null
        && (hasPath(type)
            || isResource(type.getSuperclass())
            || Arrays.stream(type.getInterfaces()).anyMatch(RestClasses::isResource));
  }

  private static boolean hasPath(Class<?> type) {
    return Stream.concat(
            Arrays.stream(type.getAnnotations()),
            Arrays.stream(type.getDeclaredMethods())
                .flatMap(method -> Arrays.stream(method.getAnnotations())))
        .anyMatch(one -> one.annotationType().getName().startsWith("jakarta.ws.rs."));
  }
}
