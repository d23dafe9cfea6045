package dev.gatehouse.internal.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the Routes of a path by the Servlet rules: exact, then the longest prefix, then the
 * extension.
 *
 * <p>Immutable and safe for use by several threads.
 */
final class RouteTable {
  private final List<Entry> entries;

  RouteTable(List<BoundRoute> routes) {
    Map<String, List<BoundRoute>> byPattern = new LinkedHashMap<>();
    for (BoundRoute route : routes) {
      for (String uri : route.route().uris()) {
        byPattern.computeIfAbsent(uri, u -> new ArrayList<>()).add(route);
      }
    }
    entries =
        byPattern.entrySet().stream()
            .map(e -> new Entry(Kind.of(e.getKey()), fixed(e.getKey()), List.copyOf(e.getValue())))
            .sorted(Comparator.comparing(Entry::kind).thenComparing(e -> -e.fixed().length()))
            .toList();
  }

  /** All Routes under the best pattern of a decoded path; empty when no pattern holds. */
  List<BoundRoute> find(String path) {
    for (Entry entry : entries) {
      if (entry.holds(path)) {
        return entry.routes();
      }
    }
    return List.of();
  }

  /** The Route that serves a method, or null; one that names the method wins. */
  static @Nullable BoundRoute serving(String method, List<BoundRoute> routes) {
    BoundRoute any = null;
    for (BoundRoute route : routes) {
      if (route.route().methods().contains(method)) {
        return route;
      }
      if (any == null && route.route().methods().isEmpty()) {
        any = route;
      }
    }
    return any;
  }

  private static String fixed(String pattern) {
    if (pattern.startsWith("*.")) {
      return pattern.substring(1);
    }
    return pattern.endsWith("/*") ? pattern.substring(0, pattern.length() - 2) : pattern;
  }

  /** The kinds of patterns, in the order in which they win. */
  private enum Kind {
    EXACT,
    PREFIX,
    EXTENSION;

    static Kind of(String pattern) {
      if (pattern.startsWith("*.")) {
        return EXTENSION;
      }
      return pattern.endsWith("/*") ? PREFIX : EXACT;
    }
  }

  private record Entry(Kind kind, String fixed, List<BoundRoute> routes) {
    boolean holds(String path) {
      return switch (kind) {
        case EXACT -> isExact(path);
        case PREFIX ->
            path.startsWith(fixed)
                && (path.length() == fixed.length() || path.charAt(fixed.length()) == '/');
        case EXTENSION -> hasExtension(path);
      };
    }

    /** A router that ignores a trailing slash must not find a hole here. */
    private boolean isExact(String path) {
      return path.startsWith(fixed)
          && (path.length() == fixed.length()
              || (path.length() == fixed.length() + 1 && path.endsWith("/")));
    }

    private boolean hasExtension(String path) {
      int end = path.endsWith("/") ? path.length() - 1 : path.length();
      return end > fixed.length() && path.startsWith(fixed, end - fixed.length());
    }
  }
}
