package dev.gatehouse.internal.runtime;

import dev.gatehouse.internal.http.PathPattern;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requests that the container passes to a filter (Servlet specification, section 12.2).
 *
 * @param patterns the URL patterns
 * @param servlets the names of servlets
 */
record FilterCoverage(List<String> patterns, Set<String> servlets) {
  /** Returns the coverage of a registered filter. */
  static FilterCoverage of(FilterRegistration filter) {
    return new FilterCoverage(
        List.copyOf(some(filter.getUrlPatternMappings())),
        Set.copyOf(some(filter.getServletNameMappings())));
  }

  /** Returns whether the filter handles a request. */
  boolean holds(HttpServletRequest request) {
    String rest = request.getPathInfo();
    String path = rest == null ? request.getServletPath() : request.getServletPath() + rest;
    return holds(path, request.getHttpServletMapping().getServletName());
  }

  /** Returns whether the filter handles requests to a servlet with a path. */
  boolean holds(String path, String servlet) {
    return patterns.stream().anyMatch(pattern -> PathPattern.of(pattern).matches(path))
        || servlets.contains(servlet)
        || servlets.contains("*");
  }

  private static Collection<String> some(@Nullable Collection<String> it) {
    return it == null ? List.of() : it;
  }
}
