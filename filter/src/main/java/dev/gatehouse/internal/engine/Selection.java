package dev.gatehouse.internal.engine;

import java.util.List;

/** The result of a search for the Route of a request. */
sealed interface Selection permits BoundRoute, Selection.Open, Selection.Unclear, Selection.Method {
  /** No Route protects the path. */
  record Open() implements Selection {}

  /**
   * The path is ambiguous.
   *
   * @param problem the problem of the path
   */
  record Unclear(String problem) implements Selection {}

  /**
   * Routes protect the path, but none allows the method.
   *
   * @param routes at least one
   */
  record Method(List<BoundRoute> routes) implements Selection {}
}
