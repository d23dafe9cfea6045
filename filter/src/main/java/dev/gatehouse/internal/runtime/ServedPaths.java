package dev.gatehouse.internal.runtime;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.net.MalformedURLException;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The paths that servlets and files of an application serve.
 *
 * @param context the application
 */
record ServedPaths(ServletContext context) {
  private static final Set<String> ANY_APPLICATION = Set.of("/", "*.jsp", "*.jspx");

  /** Returns whether a pattern may match a servlet or a file. */
  boolean mayServe(String pattern) {
    if (pattern.startsWith("*.") || pattern.equals("/*")) {
      return true;
    }
    String path = fixed(pattern);
    return mappings().anyMatch(mapping -> overlaps(mapping, path, pattern.endsWith("/*")))
        || hasFile(path);
  }

  /** Returns whether a servlet is mapped to a path or below it, or a file exists. */
  boolean has(String path) {
    return mappings().anyMatch(mapping -> isBelow(fixed(mapping), path)) || hasFile(path);
  }

  private Stream<String> mappings() {
    return Registrations.of(context).servlets().stream()
        .map(ServletRegistration::getMappings)
        .flatMap(Collection::stream)
        .filter(mapping -> !ANY_APPLICATION.contains(mapping));
  }

  private static boolean overlaps(String mapping, String path, boolean prefix) {
    if (mapping.startsWith("*.")) {
      return prefix || path.endsWith(mapping.substring(1));
    }
    String fixed = fixed(mapping);
    boolean inside = mapping.endsWith("/*") && isBelow(path, fixed);
    return inside || (prefix ? isBelow(fixed, path) : fixed.equals(path));
  }

  private static boolean isBelow(String path, String above) {
    return path.equals(above) || path.startsWith(above + '/');
  }

  private static String fixed(String pattern) {
    return pattern.endsWith("/*") ? pattern.substring(0, pattern.length() - 2) : pattern;
  }

  private boolean hasFile(String path) {
    try {
      Set<String> inside = context.getResourcePaths(path + '/');
      return (inside != null && !inside.isEmpty()) || context.getResource(path) != null;
    } catch (MalformedURLException | IllegalArgumentException e) {
      return false;
    }
  }
}
