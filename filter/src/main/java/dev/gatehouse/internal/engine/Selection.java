package dev.gatehouse.internal.engine;

import java.util.List;

/** What the Routes of a gate say about the target of a request, beside the Route that holds. */
sealed interface Selection permits BoundRoute, Selection.Open, Selection.Unclear, Selection.Method {
  /** No Route protects the path. */
  record Open() implements Selection {}

  /**
   * The path can be read in more than one way.
   *
   * @param problem what is wrong with it
   */
  record Unclear(String problem) implements Selection {}

  /**
   * Routes protect the path, and none serves the method.
   *
   * @param routes at least one
   */
  record Method(List<BoundRoute> routes) implements Selection {}
}
