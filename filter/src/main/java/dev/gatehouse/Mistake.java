package dev.gatehouse;

import java.util.Objects;

/**
 * One thing that is wrong in a configuration: where it stands and what is allowed there.
 *
 * @param path the full path of the setting, as in {@code routes[0].plugins.limit-count.count}
 * @param problem what is wrong and what is allowed; never holds a secret
 */
public record Mistake(String path, String problem) {
  /** Both parts are required. */
  public Mistake {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(problem, "problem");
  }

  @Override
  public String toString() {
    return path.isEmpty() ? problem : path + ": " + problem;
  }
}
