package dev.gatehouse.checks;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A type of the public API and its members as text.
 *
 * <p>Members that the compiler adds to each record and enum, and methods of {@link Object}, are
 * left out.
 */
record ApiType(Class<?> type) {
  private static final Map<String, Integer> OF_OBJECT =
      Map.of("equals", 1, "hashCode", 0, "toString", 0);

  /** Returns the annotations, one a line, and the line of the type itself. */
  String header() {
    String kind = kind();
    String parts = type.isRecord() ? components() : "";
    return ApiText.annotations(type, "\n")
        + modifiers()
        + kind
        + " "
        + ApiText.name(type)
        + ApiText.typeParameters(type.getTypeParameters())
        + parts
        + parents()
        + permitted();
  }

  /** Returns the members, one each line, sorted. */
  List<String> members() {
    return Stream.of(constants(), fields(type), constructors(), methods(type))
        .flatMap(lines -> lines.distinct().sorted())
        .toList();
  }

  private String kind() {
    if (type.isAnnotation()) {
      return "@interface";
    }
    if (type.isInterface()) {
      return "interface";
    }
    return type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
  }

  private String modifiers() {
    int bits = type.getModifiers();
    boolean plain = !type.isInterface() && !type.isEnum() && !type.isRecord();
    return access(bits)
        + (plain && type.isMemberClass() && Modifier.isStatic(bits) ? "static " : "")
        + (plain && Modifier.isAbstract(bits) ? "abstract " : "")
        + (plain && Modifier.isFinal(bits) ? "final " : "")
        + (type.isSealed() && !type.isEnum() ? "sealed " : "");
  }

  private String components() {
    return Stream.of(type.getRecordComponents())
        .map(part -> ApiText.type(part.getAnnotatedType()) + " " + part.getName())
        .collect(joining(", ", "(", ")"));
  }

  private String parents() {
    AnnotatedType superclass = type.getAnnotatedSuperclass();
    boolean extended =
        superclass != null
            && !type.isEnum()
            && !type.isRecord()
            && type.getSuperclass() != Object.class;
    AnnotatedType[] interfaces =
        type.isAnnotation() ? new AnnotatedType[0] : type.getAnnotatedInterfaces();
    String verb = type.isInterface() ? " extends " : " implements ";
    return (extended ? " extends " + ApiText.type(Objects.requireNonNull(superclass)) : "")
        + (interfaces.length == 0 ? "" : verb + ApiText.types(interfaces));
  }

  private String permitted() {
    return type.isSealed() && !type.isEnum()
        ? Stream.of(type.getPermittedSubclasses())
            .map(ApiText::name)
            .sorted()
            .collect(joining(", ", " permits ", ""))
        : "";
  }

  private Stream<String> constants() {
    return type.isEnum()
        ? Arrays.stream(type.getDeclaredFields())
            .filter(Field::isEnumConstant)
            .map(field -> ApiText.annotations(field, " ") + field.getName())
        : Stream.empty();
  }

  private Stream<String> fields(Class<?> owner) {
    return Stream.concat(
        Arrays.stream(owner.getDeclaredFields())
            .filter(f -> isOpen(f.getModifiers()) && !f.isEnumConstant() && !f.isSynthetic())
            .map(this::field),
        hiddenParents(owner).flatMap(this::fields));
  }

  private String field(Field field) {
    int bits = field.getModifiers();
    String value = "";
    boolean constant = Modifier.isStatic(bits) && Modifier.isFinal(bits);
    if (constant && (field.getType().isPrimitive() || field.getType() == String.class)) {
      try {
        field.setAccessible(true);
        value = " = " + ApiText.value(field.get(null));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("cannot read " + field, e);
      }
    }
    return ApiText.annotations(field, " ")
        + access(bits).replace("public ", "")
        + (Modifier.isStatic(bits) ? "static " : "")
        + (Modifier.isFinal(bits) ? "final " : "")
        + ApiText.type(field.getAnnotatedType())
        + " "
        + field.getName()
        + value;
  }

  private Stream<String> constructors() {
    return type.isEnum()
        ? Stream.empty()
        : Arrays.stream(type.getDeclaredConstructors())
            .filter(c -> isOpen(c.getModifiers()) && !c.isSynthetic() && !isCanonical(c))
            .map(c -> signature(c, "new " + ApiText.name(type)));
  }

  private Stream<String> methods(Class<?> owner) {
    return Stream.concat(
        Arrays.stream(owner.getDeclaredMethods())
            .filter(m -> isOpen(m.getModifiers()) && !m.isSynthetic() && !isGenerated(m))
            .map(this::method),
        hiddenParents(owner).flatMap(this::methods));
  }

  private String method(Method method) {
    int bits = method.getModifiers();
    String modifiers =
        (Modifier.isStatic(bits) ? "static " : "")
            + (method.isDefault() ? "default " : "")
            + (Modifier.isAbstract(bits) && !type.isInterface() ? "abstract " : "");
    String text =
        signature(
            method,
            modifiers,
            ApiText.type(method.getAnnotatedReturnType()) + " " + method.getName());
    return method.getDefaultValue() == null
        ? text
        : text + " default " + ApiText.value(method.getDefaultValue());
  }

  private static String signature(Executable member, String name) {
    return signature(member, "", name);
  }

  private static String signature(Executable member, String modifiers, String name) {
    String variables = ApiText.typeParameters(member.getTypeParameters());
    AnnotatedType[] thrown = member.getAnnotatedExceptionTypes();
    return ApiText.annotations(member, " ")
        + access(member.getModifiers()).replace("public ", "")
        + modifiers
        + (variables.isEmpty() ? "" : variables + " ")
        + name
        + ApiText.parameters(member.getAnnotatedParameterTypes(), member.isVarArgs())
        + (thrown.length == 0 ? "" : " throws " + ApiText.types(thrown));
  }

  private boolean isCanonical(Constructor<?> constructor) {
    return type.isRecord()
        && Arrays.equals(
            constructor.getParameterTypes(),
            Stream.of(type.getRecordComponents()).map(RecordComponent::getType).toArray());
  }

  private boolean isGenerated(Method method) {
    int parameters = method.getParameterCount();
    boolean accessor =
        type.isRecord()
            && Stream.of(type.getRecordComponents()).anyMatch(c -> method.equals(c.getAccessor()));
    boolean listing = type.isEnum() && Set.of("values", "valueOf").contains(method.getName());
    return accessor || listing || Objects.equals(OF_OBJECT.get(method.getName()), parameters);
  }

  /** A hidden superclass passes on its public members. */
  private static Stream<Class<?>> hiddenParents(Class<?> owner) {
    return Stream.concat(Stream.ofNullable(owner.getSuperclass()), Stream.of(owner.getInterfaces()))
        .filter(parent -> parent.getName().startsWith("dev.gatehouse"))
        .filter(parent -> !PublicApi.isShown(parent));
  }

  private static String access(int bits) {
    return Modifier.isPublic(bits) ? "public " : Modifier.isProtected(bits) ? "protected " : "";
  }

  private static boolean isOpen(int bits) {
    return Modifier.isPublic(bits) || Modifier.isProtected(bits);
  }
}
