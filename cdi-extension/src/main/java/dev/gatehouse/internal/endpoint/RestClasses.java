package dev.gatehouse.internal.endpoint;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** REST resources, told without a REST implementation. */
final class RestClasses {
  private static final String PATH = "jakarta.ws.rs.Path";
  private static final String METHOD = "jakarta.ws.rs.HttpMethod";

  private RestClasses() {}

  /** Whether a REST implementation calls a class, or classes that it is a supertype of. */
  static boolean isResource(@Nullable Class<?> type) {
    return type != null
        && (isRoot(type)
            || Arrays.stream(type.getDeclaredMethods())
                .anyMatch(method -> isAnnotated(method, PATH) || isMethod(method))
            || isResource(type.getSuperclass())
            || Arrays.stream(type.getInterfaces()).anyMatch(RestClasses::isResource));
  }

  /** Whether a class or one of its supertypes has a path of its own. */
  static boolean isRoot(@Nullable Class<?> type) {
    return type != null
        && (isAnnotated(type, PATH)
            || isRoot(type.getSuperclass())
            || Arrays.stream(type.getInterfaces()).anyMatch(RestClasses::isRoot));
  }

  /** The methods of a class that give the router a sub-resource. */
  static List<Method> locators(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> !method.isBridge() && !Modifier.isStatic(method.getModifiers()))
        .filter(
            method ->
                declarations(type, method).anyMatch(each -> isAnnotated(each, PATH))
                    && declarations(type, method).noneMatch(RestClasses::isMethod))
        .toList();
  }

  /** The methods of supertypes from which a method takes over its REST annotations. */
  private static Stream<Method> declarations(@Nullable Class<?> type, Method method) {
    if (type == null) {
      return Stream.empty();
    }
    Stream<Method> own =
        Arrays.stream(type.getDeclaredMethods())
            .filter(
                each ->
                    each.getName().equals(method.getName())
                        && each.getParameterCount() == method.getParameterCount());
    Stream<Method> inherited =
        Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
            .flatMap(each -> declarations(each, method));
    return Stream.concat(own, inherited);
  }

  private static boolean isMethod(Method method) {
    return Arrays.stream(method.getAnnotations())
        .anyMatch(one -> isAnnotated(one.annotationType(), METHOD));
  }

  private static boolean isAnnotated(AnnotatedElement element, String annotation) {
    return Arrays.stream(element.getAnnotations())
        .anyMatch(one -> one.annotationType().getName().equals(annotation));
  }
}
