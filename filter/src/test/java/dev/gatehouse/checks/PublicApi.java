package dev.gatehouse.checks;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The public API of compiled classes as text: each public type outside the packages named {@code
 * internal} with its public and protected members, sorted, one a line.
 */
final class PublicApi {
  private static final Pattern INTERNAL = Pattern.compile(".*\\.internal(\\..*)?");

  private PublicApi() {}

  /** Returns the text for the class files below a directory. */
  static String below(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return of(
          files
              .filter(file -> file.toString().matches(".*(?<!package-info|module-info)\\.class"))
              .map(file -> load(classes.relativize(file)))
              .toList());
    }
  }

  /** Returns the text for classes. */
  static String of(Collection<? extends Class<?>> classes) {
    return classes.stream()
        .filter(PublicApi::isShown)
        .collect(Collectors.groupingBy(Class::getPackageName))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> "package " + entry.getKey() + "\n" + types(entry.getValue()))
        .collect(Collectors.joining("\n"));
  }

  /** Returns whether users can name the type. */
  static boolean isShown(Class<?> type) {
    int bits = type.getModifiers();
    @Nullable Class<?> outer = type.getEnclosingClass();
    return (Modifier.isPublic(bits) || Modifier.isProtected(bits))
        && type.getCanonicalName() != null
        && !isInternal(type.getPackageName())
        && (outer == null || isShown(outer));
  }

  static boolean isInternal(String packageName) {
    return INTERNAL.matcher(packageName).matches();
  }

  /** Returns the lines of a public API that name an internal type. */
  static List<String> internalNames(String api) {
    return api.lines().filter(line -> line.contains(".internal.")).toList();
  }

  private static String types(List<? extends Class<?>> types) {
    return types.stream()
        .sorted(Comparator.comparing(Class::getCanonicalName))
        .map(ApiType::new)
        .map(type -> "\n" + type.header() + "\n" + indented(type.members()))
        .collect(Collectors.joining());
  }

  private static String indented(List<String> lines) {
    return lines.stream().map(line -> "  " + line + "\n").collect(Collectors.joining());
  }

  private static Class<?> load(Path file) {
    String name =
        file.toString().replace(".class", "").replace(file.getFileSystem().getSeparator(), ".");
    try {
      return Class.forName(name, false, PublicApi.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("not on the class path: " + name, e);
    }
  }
}
