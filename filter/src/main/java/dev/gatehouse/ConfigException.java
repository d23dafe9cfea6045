package dev.gatehouse;

import dev.gatehouse.settings.ConfigProblem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration that cannot be used; it names every problem by its full path.
 *
 * <p>The application does not start, or on a reload the old configuration stays.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Transient because an exception that travels is only read as text. */
  private final transient List<ConfigProblem> problems;

  /**
   * Creates an exception from the problems found.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ConfigException(List<ConfigProblem> problems) {
    super(text(problems));
    this.problems = List.copyOf(problems);
  }

  /** Creates an exception for one problem of the kind {@link ConfigProblem.Code#INVALID}. */
  public ConfigException(String path, String message) {
    this(List.of(new ConfigProblem(path, message)));
  }

  /** Returns all problems, in the order in which they were found. */
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
