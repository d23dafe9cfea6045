package dev.gatehouse.internal.engine;

import dev.gatehouse.internal.http.PathPattern;
import dev.gatehouse.spi.plugin.GateRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the Routes of a path by the rules of the Servlet specification: an exact match, then the
 * longest prefix, then the extension.
 *
 * <p>A lookup hashes the path once, so that its cost does not depend on the number of Routes.
 * Immutable and safe for use by several threads.
 */
final class RouteTable {
  private static final Selection OPEN = new Selection.Open();

  private final PathTable exact;
  private final PathTable prefixes;
  private final List<Extension> extensions;
  private final boolean allowSessionParameter;

  RouteTable(List<BoundRoute> routes, boolean allowSessionParameter) {
    this.allowSessionParameter = allowSessionParameter;
    Map<PathPattern, List<BoundRoute>> byPattern = new LinkedHashMap<>();
    for (BoundRoute route : routes) {
      for (String uri : route.route().uris()) {
        byPattern.computeIfAbsent(PathPattern.of(uri), u -> new ArrayList<>()).add(route);
      }
    }
    this.exact = table(byPattern, PathPattern.Kind.EXACT);
    this.prefixes = table(byPattern, PathPattern.Kind.PREFIX);
    this.extensions =
        byPattern.entrySet().stream()
            .filter(each -> each.getKey().kind() == PathPattern.Kind.EXTENSION)
            .map(each -> new Extension(each.getKey(), List.copyOf(each.getValue())))
            .sorted(Comparator.comparing(each -> -each.pattern().fixed().length()))
            .toList();
  }

  private static PathTable table(
      Map<PathPattern, List<BoundRoute>> byPattern, PathPattern.Kind kind) {
    return new PathTable(
        byPattern.entrySet().stream()
            .filter(each -> each.getKey().kind() == kind)
            .collect(Collectors.toMap(each -> each.getKey().fixed(), Map.Entry::getValue)));
  }

  /** Returns the Route of a request, or the reason why there is none. */
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

  /** Returns the Routes of the best pattern for a decoded path; empty if no pattern matches. */
  List<BoundRoute> find(String path) {
    int length = path.length();
    int hash = 0;
    int hashBefore = 0;
    List<BoundRoute> longest = null;
    for (int i = 0; i < length; i++) {
      char c = path.charAt(i);
      if (c == '/') {
        List<BoundRoute> found = prefixes.get(path, i, hash);
        longest = found == null ? longest : found;
      }
      hashBefore = hash;
      hash = PathTable.hash(hash, c);
    }
    List<BoundRoute> best = exact.get(path, length, hash);
    if (best == null && path.endsWith("/")) {
      // An exact pattern also matches a trailing slash, because some routers ignore it.
      best = exact.get(path, length - 1, hashBefore);
    }
    if (best == null) {
      List<BoundRoute> whole = prefixes.get(path, length, hash);
      best = whole == null ? longest : whole;
    }
    return best == null ? byExtension(path) : best;
  }

  private List<BoundRoute> byExtension(String path) {
    for (Extension extension : extensions) {
      if (extension.pattern().matchesLoosely(path)) {
        return extension.routes();
      }
    }
    return List.of();
  }

  /** Returns the Route of a method, or null. A Route that names the method takes precedence. */
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

  private record Extension(PathPattern pattern, List<BoundRoute> routes) {}
}
