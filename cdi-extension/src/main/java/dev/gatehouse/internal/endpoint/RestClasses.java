package dev.gatehouse.internal.endpoint;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Recognises REST resources without a REST implementation. */
final class RestClasses {
  private static final String PATH = "jakarta.ws.rs.Path";
  private static final String METHOD = "jakarta.ws.rs.HttpMethod";

  private RestClasses() {}

  /** Returns whether a REST implementation calls methods of a class or of its subclasses. */
  static boolean isResource(@Nullable Class<?> type) {
    return type != null
        && (isRoot(type)
            || Arrays.stream(type.getDeclaredMethods())
                .anyMatch(method -> isAnnotated(method, PATH) || isMethod(method))
            || isResource(type.getSuperclass())
            || Arrays.stream(type.getInterfaces()).anyMatch(RestClasses::isResource));
  }

  /** Returns whether a class or one of its supertypes is a root resource. */
  static boolean isRoot(@Nullable Class<?> type) {
    return type != null
        && (isAnnotated(type, PATH)
            || isRoot(type.getSuperclass())
            || Arrays.stream(type.getInterfaces()).anyMatch(RestClasses::isRoot));
  }

  /** Returns the sub-resource locators of a class. */
  static List<Method> locators(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> !method.isBridge() && !Modifier.isStatic(method.getModifiers()))
        .filter(
            method ->
                declarations(type, method).anyMatch(each -> isAnnotated(each, PATH))
                    && declarations(type, method).noneMatch(RestClasses::isMethod))
        .toList();
  }

  /** Returns the methods of supertypes from which a method inherits REST annotations. */
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
