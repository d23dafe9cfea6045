package dev.gatehouse;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A package and what it may know besides the JDK's {@code java} packages and jspecify.
 *
 * <p>The planted classes below {@code dev.gatehouse.fixtures} stand in rooms of the same names.
 *
 * @param name the room
 * @param rooms the rooms it may know
 * @param libraries the packages it may know, with all below them
 */
record Room(String name, Set<String> rooms, Set<String> libraries) {
  private static final String WORDS = "dev.gatehouse";
  private static final String PLANTED = "dev.gatehouse.fixtures";

  static boolean isOurs(JavaClass c) {
    return isBelow(c.getPackageName(), WORDS);
  }

  static String nameOf(JavaClass c) {
    String name = c.getPackageName();
    String base = isBelow(name, PLANTED) ? PLANTED : WORDS;
    return name.equals(base) ? "words" : name.substring(base.length() + 1);
  }

  static String outermost(JavaClass c) {
    return c.getEnclosingClass().map(Room::outermost).orElse(c.getName());
  }

  Stream<String> breaches(JavaClass c) {
    return isOurs(c) && nameOf(c).equals(name)
        ? c.getDirectDependenciesFromSelf().stream()
            .map(d -> d.getTargetClass().getBaseComponentType())
            .filter(target -> !target.isPrimitive() && !mayKnow(c, target))
            .map(target -> "knows " + target.getName())
            .distinct()
        : Stream.empty();
  }

  private boolean mayKnow(JavaClass c, JavaClass target) {
    String there = target.getPackageName();
    if (isOurs(target)) {
      return nameOf(target).equals(name) || rooms.contains(nameOf(target));
    }
    boolean jwt = outermost(c).equals(WORDS + ".auth.JwtAuth") && isBelow(there, "io.jsonwebtoken");
    return jwt
        || isBelow(there, "java")
        || isBelow(there, "org.jspecify")
        || libraries.stream().anyMatch(library -> isBelow(there, library));
  }

  private static boolean isBelow(String name, String base) {
    return name.equals(base) || name.startsWith(base + ".");
  }
}
