package dev.gatehouse.internal.engine;

import dev.gatehouse.internal.http.PathPattern;
import dev.gatehouse.spi.plugin.GateRequest;
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
  private static final Selection OPEN = new Selection.Open();

  private final List<Entry> entries;
  private final boolean allowSessionParameter;

  RouteTable(List<BoundRoute> routes, boolean allowSessionParameter) {
    this.allowSessionParameter = allowSessionParameter;
    Map<String, List<BoundRoute>> byPattern = new LinkedHashMap<>();
    for (BoundRoute route : routes) {
      for (String uri : route.route().uris()) {
        byPattern.computeIfAbsent(uri, u -> new ArrayList<>()).add(route);
      }
    }
    entries =
        byPattern.entrySet().stream()
            .map(e -> new Entry(PathPattern.of(e.getKey()), List.copyOf(e.getValue())))
            .sorted(
                Comparator.comparing(Entry::kind).thenComparing(e -> -e.pattern.fixed().length()))
            .toList();
  }

  /** Returns the Route that holds for a request, or why there is none. */
  Selection select(GateRequest request) {
    RequestTarget target = RequestTarget.of(request, allowSessionParameter);
    if (target.problem() != null) {
      return new Selection.Unclear(target.problem());
    }
    List<BoundRoute> served = find(target.served());
    List<BoundRoute> sent = target.path().equals(target.served()) ? served : find(target.path());
    if (target.hasBlankForPlus() && !served.equals(sent)) {
      return new Selection.Unclear("a blank and a plus sign lead to different Routes");
    }
    List<BoundRoute> candidates = served.isEmpty() ? sent : served;
    if (candidates.isEmpty()) {
      return OPEN;
    }
    BoundRoute route = serving(request.method(), candidates);
    return route == null ? new Selection.Method(candidates) : route;
  }

  /** All Routes under the best pattern of a decoded path; empty when no pattern holds. */
  List<BoundRoute> find(String path) {
    for (Entry entry : entries) {
      if (entry.pattern.matchesLoosely(path)) {
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

  /**
   * The Routes of a pattern. It matches loosely, because a router that ignores a trailing slash
   * must not find a hole here.
   */
  private record Entry(PathPattern pattern, List<BoundRoute> routes) {
    PathPattern.Kind kind() {
      return pattern.kind();
    }
  }
}
