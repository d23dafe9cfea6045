package dev.gatehouse.settings;

import dev.gatehouse.ConfigException;
import java.util.ArrayList;
import java.util.List;

/**
 * A collection of {@link ConfigProblem}s, so that a reader of a configuration reports all problems
 * instead of the first one.
 *
 * <p>Not safe for use by several threads.
 */
public final class ConfigProblems {
  /** Maximum number of problems: a hostile text could cause millions. */
  static final int MAX_FOUND = 1_000;

  private final List<ConfigProblem> found = new ArrayList<>();

  /** Creates an empty list. */
  public ConfigProblems() {}

  /** Adds a problem of the kind {@link ConfigProblem.Code#INVALID}, unless it was added before. */
  public void add(String path, String message) {
    add(new ConfigProblem(path, message));
  }

  /** Adds a problem, unless it was added before. */
  public void add(String path, ConfigProblem.Code code, String message) {
    add(new ConfigProblem(path, code, message));
  }

  /** Adds a problem, unless it was added before. */
  public void add(ConfigProblem problem) {
    if (found.size() < MAX_FOUND && !found.contains(problem)) {
      found.add(problem);
    }
  }

  /** Adds all problems of a refused configuration. */
  public void addAll(ConfigException refused) {
    refused.problems().forEach(this::add);
  }

  /** Returns whether a problem was found at a path or below it. */
  public boolean hasAt(String path) {
    return found.stream()
        .map(ConfigProblem::path)
        .anyMatch(
            each ->
                each.equals(path) || each.startsWith(path + '.') || each.startsWith(path + '['));
  }

  /** Returns the first 1,000 problems in order. */
  public List<ConfigProblem> found() {
    return List.copyOf(found);
  }

  /**
   * Throws if there are problems.
   *
   * @throws ConfigException with all problems, if there are any
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ConfigException(found);
    }
  }
}
