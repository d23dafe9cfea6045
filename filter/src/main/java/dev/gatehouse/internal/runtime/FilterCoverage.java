package dev.gatehouse.internal.runtime;

import dev.gatehouse.internal.http.PathPattern;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which requests the container gives to a filter, by the rules of the Servlet specification
 * (section 12.2).
 *
 * @param patterns URL patterns
 * @param servlets names of servlets
 */
record FilterCoverage(List<String> patterns, Set<String> servlets) {
  /** That of a registered filter. */
  static FilterCoverage of(FilterRegistration filter) {
    return new FilterCoverage(
        List.copyOf(some(filter.getUrlPatternMappings())),
        Set.copyOf(some(filter.getServletNameMappings())));
  }

  /** Whether the filter sees a request that comes from outside. */
  boolean holds(HttpServletRequest request) {
    String rest = request.getPathInfo();
    String path = rest == null ? request.getServletPath() : request.getServletPath() + rest;
    return holds(path, request.getHttpServletMapping().getServletName());
  }

  /** Whether the filter sees requests to a servlet under a path. */
  boolean holds(String path, String servlet) {
    return patterns.stream().anyMatch(pattern -> PathPattern.of(pattern).matches(path))
        || servlets.contains(servlet)
        || servlets.contains("*");
  }

  private static Collection<String> some(@Nullable Collection<String> it) {
    return it == null ? List.of() : it;
  }
}
