package dev.gatehouse;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration that cannot be used; it names every mistake, each by its full path.
 *
 * <p>The application does not start, or on a reload the old configuration stays.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Transient because an exception that travels is only read as text. */
  private final transient List<Mistake> mistakes;

  /** Creates one from the mistakes found; there must be at least one. */
  public ConfigException(List<Mistake> mistakes) {
    super(text(mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  /** Creates one for a single mistake. */
  public ConfigException(String path, String problem) {
    this(List.of(new Mistake(path, problem)));
  }

  /** All mistakes, in the order in which they were found. */
  public List<Mistake> mistakes() {
    return mistakes;
  }

  private static String text(List<Mistake> mistakes) {
    if (mistakes.isEmpty()) {
      throw new IllegalArgumentException("a ConfigException needs at least one mistake");
    }
    String head = mistakes.size() == 1 ? "1 mistake" : mistakes.size() + " mistakes";
    return mistakes.stream()
        .map(m -> "\n  " + m)
        .collect(Collectors.joining("", "Gatehouse is not configured: " + head, ""));
  }
}
