package dev.gatehouse;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A package and its allowed dependencies, besides the JDK's {@code java} packages and jspecify.
 *
 * <p>The classes below {@code dev.gatehouse.fixtures} are in packages of the same names.
 *
 * @param name the package's name without {@code dev.gatehouse}; empty for that package itself
 * @param rooms the names of the packages that it may use
 * @param libraries other packages that it may use, with everything below them
 */
record Room(String name, Set<String> rooms, Set<String> libraries) {
  private static final String BASE = "dev.gatehouse";
  private static final String FIXTURES = "dev.gatehouse.fixtures";

  static boolean isOurs(JavaClass c) {
    return isBelow(c.getPackageName(), BASE);
  }

  static String nameOf(JavaClass c) {
    String name = c.getPackageName();
    String base = isBelow(name, FIXTURES) ? FIXTURES : BASE;
    return name.equals(base) ? "" : name.substring(base.length() + 1);
  }

  static String outermost(JavaClass c) {
    return c.getEnclosingClass().map(Room::outermost).orElse(c.getName());
  }

  Room knows(String... more) {
    return new Room(name, union(rooms, more), libraries);
  }

  Room uses(String... more) {
    return new Room(name, rooms, union(libraries, more));
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
    boolean jwt =
        outermost(c).equals(BASE + ".internal.auth.jwt.JwtAuth")
            && isBelow(there, "io.jsonwebtoken");
    return jwt
        || isBelow(there, "java")
        || isBelow(there, "org.jspecify")
        || libraries.stream().anyMatch(library -> isBelow(there, library));
  }

  private static Set<String> union(Set<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isBelow(String name, String base) {
    return name.equals(base) || name.startsWith(base + ".");
  }
}
