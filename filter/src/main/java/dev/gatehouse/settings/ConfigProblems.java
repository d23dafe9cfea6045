package dev.gatehouse.settings;

import dev.gatehouse.ConfigException;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects {@link ConfigProblem}s, so that a reader of a configuration can report all of them at
 * once instead of stopping at the first.
 *
 * <p>Not safe for use by several threads.
 */
public final class ConfigProblems {
  /** Further ones are left out: a hostile text could make millions. */
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

  /** Returns the problems in the order in which they were found, the first 1,000. */
  public List<ConfigProblem> found() {
    return List.copyOf(found);
  }

  /**
   * Does nothing if no problem was found.
   *
   * @throws ConfigException holding all problems
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ConfigException(found);
    }
  }
}
