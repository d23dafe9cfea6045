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
  private final List<Mistake> found = new ArrayList<>();

  /** Creates an empty list. */
  public Mistakes() {}

  /** Adds one mistake at a path. */
  public void add(String path, String problem) {
    found.add(new Mistake(path, problem));
  }

  /** Adds every mistake that another reader has collected. */
  public void addAll(ConfigException refused) {
    found.addAll(refused.mistakes());
  }

  /** What was found so far, in the order of finding. */
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
