package dev.gatehouse;

import java.util.ArrayList;
import java.util.List;

/**
 * A growing list of {@link Mistake}s, so that a reader of a configuration can report all of them at
 * once instead of stopping at the first.
 *
 * <p>Not safe for use by several threads.
 */
public final class Mistakes {
  /** Further ones are left out: a hostile text could make millions. */
  static final int MAX_FOUND = 1_000;

  private final List<Mistake> found = new ArrayList<>();

  /** Creates an empty list. */
  public Mistakes() {}

  /** Adds one mistake at a path, unless it was found before. */
  public void add(String path, String problem) {
    Mistake mistake = new Mistake(path, problem);
    if (found.size() < MAX_FOUND && !found.contains(mistake)) {
      found.add(mistake);
    }
  }

  /** Returns whether a mistake was found at a path or below it. */
  boolean hasAt(String path) {
    return found.stream()
        .map(Mistake::path)
        .anyMatch(
            each ->
                each.equals(path) || each.startsWith(path + '.') || each.startsWith(path + '['));
  }

  /** Adds every mistake that another reader has collected. */
  public void addAll(ConfigException refused) {
    refused.mistakes().forEach(one -> add(one.path(), one.problem()));
  }

  /** What was found so far, in the order of finding; the first 1,000. */
  public List<Mistake> found() {
    return List.copyOf(found);
  }

  /**
   * Does nothing when nothing was found.
   *
   * @throws ConfigException holding all that was found
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ConfigException(found);
    }
  }
}
