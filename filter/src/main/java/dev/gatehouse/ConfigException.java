package dev.gatehouse;

import dev.gatehouse.settings.ConfigProblem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown if a configuration is invalid. It lists every problem with its full path.
 *
 * <p>At the start, the application does not start; on a reload, the previous configuration stays.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Transient: a serialized exception carries its message only. */
  private final transient List<ConfigProblem> problems;

  /**
   * Creates an exception.
   *
   * @param problems at least one problem
   * @throws IllegalArgumentException if the list is empty
   */
  public ConfigException(List<ConfigProblem> problems) {
    super(text(problems));
    this.problems = List.copyOf(problems);
  }

  /** Creates an exception with one problem of the kind {@link ConfigProblem.Code#INVALID}. */
  public ConfigException(String path, String message) {
    this(List.of(new ConfigProblem(path, message)));
  }

  /** Returns all problems in the order of their detection. */
  public List<ConfigProblem> problems() {
    return problems;
  }

  private static String text(List<ConfigProblem> problems) {
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("a ConfigException needs at least one problem");
    }
    String head = problems.size() == 1 ? "1 mistake" : problems.size() + " mistakes";
    return problems.stream()
        .map(problem -> "\n  " + problem)
        .collect(Collectors.joining("", "Gatehouse is not configured: " + head, ""));
  }
}
