package dev.gatehouse.checks;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.TypeVariable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Prints types, type parameters and annotations as they are written in Java. */
final class ApiText {
  private ApiText() {}

  /** Returns the name without the package, unless the package is foreign or internal. */
  static String name(Class<?> type) {
    String name = type.getCanonicalName() == null ? type.getName() : type.getCanonicalName();
    String home = type.getPackageName();
    boolean own = home.startsWith("dev.gatehouse") && !PublicApi.isInternal(home);
    return (own || home.startsWith("java.")) && name.startsWith(home + ".")
        ? name.substring(home.length() + 1)
        : name;
  }

  static String type(AnnotatedType type) {
    if (type instanceof AnnotatedArrayType array) {
      String mark = type.isAnnotationPresent(Nullable.class) ? " @Nullable []" : "[]";
      return type(array.getAnnotatedGenericComponentType()) + mark;
    }
    String mark = type.isAnnotationPresent(Nullable.class) ? "@Nullable " : "";
    if (type instanceof AnnotatedParameterizedType generic) {
      Class<?> raw = (Class<?>) ((ParameterizedType) generic.getType()).getRawType();
      return mark + name(raw) + "<" + types(generic.getAnnotatedActualTypeArguments()) + ">";
    }
    if (type instanceof AnnotatedWildcardType wildcard) {
      return mark + wildcard(wildcard);
    }
    return mark
        + (type instanceof AnnotatedTypeVariable
            ? type.getType().getTypeName()
            : name((Class<?>) type.getType()));
  }

  static String types(AnnotatedType... types) {
    return Stream.of(types).map(ApiText::type).collect(Collectors.joining(", "));
  }

  /** Returns the parameter types; the last one of a variable arity method ends in dots. */
  static String parameters(AnnotatedType[] types, boolean varArgs) {
    return IntStream.range(0, types.length)
        .mapToObj(
            i ->
                varArgs && i == types.length - 1
                    ? type(((AnnotatedArrayType) types[i]).getAnnotatedGenericComponentType())
                        + "..."
                    : type(types[i]))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** Returns the type parameters with their bounds, or nothing. */
  static String typeParameters(TypeVariable<?>[] variables) {
    return variables.length == 0
        ? ""
        : Stream.of(variables)
            .map(variable -> variable.getName() + bounds(variable.getAnnotatedBounds()))
            .collect(Collectors.joining(", ", "<", ">"));
  }

  /** Returns the annotations that users can see at run time, each followed by a text. */
  static String annotations(AnnotatedElement element, String end) {
    return Stream.of(element.getDeclaredAnnotations())
        .filter(one -> !(one instanceof NullMarked))
        .map(one -> annotation(one) + end)
        .sorted()
        .collect(Collectors.joining());
  }

  /** Returns a constant or the value of an annotation's attribute. */
  static String value(@Nullable Object value) {
    if (value instanceof String || value instanceof Character) {
      return '"' + value.toString().replace("\n", "\\n").replace("\r", "\\r") + '"';
    }
    if (value instanceof Class<?> type) {
      return name(type) + ".class";
    }
    if (value instanceof Enum<?> constant) {
      return name(constant.getDeclaringClass()) + "." + constant.name();
    }
    if (value instanceof Annotation annotation) {
      return annotation(annotation);
    }
    return value != null && value.getClass().isArray()
        ? IntStream.range(0, Array.getLength(value))
            .mapToObj(i -> value(Array.get(value, i)))
            .collect(Collectors.joining(", ", "{", "}"))
        : String.valueOf(value);
  }

  private static String bounds(AnnotatedType... bounds) {
    String text = Stream.of(bounds).map(ApiText::type).collect(Collectors.joining(" & "));
    return text.equals("Object") ? "" : " extends " + text;
  }

  private static String wildcard(AnnotatedWildcardType type) {
    AnnotatedType[] lower = type.getAnnotatedLowerBounds();
    return lower.length > 0
        ? "? super " + types(lower)
        : "?" + bounds(type.getAnnotatedUpperBounds());
  }

  private static String annotation(Annotation annotation) {
    List<Method> attributes =
        Stream.of(annotation.annotationType().getDeclaredMethods())
            .filter(one -> !value(one.getDefaultValue()).equals(of(annotation, one)))
            .sorted(Comparator.comparing(Method::getName))
            .toList();
    boolean alone = attributes.size() == 1 && attributes.get(0).getName().equals("value");
    String values =
        attributes.stream()
            .map(one -> (alone ? "" : one.getName() + " = ") + of(annotation, one))
            .collect(Collectors.joining(", ", "(", ")"));
    return "@" + name(annotation.annotationType()) + (values.equals("()") ? "" : values);
  }

  private static String of(Annotation annotation, Method attribute) {
    try {
      attribute.setAccessible(true);
      return value(attribute.invoke(annotation));
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + attribute, e);
    }
  }
}
