package dev.gatehouse.internal.json;

/** Receives what is wrong in a text. */
@FunctionalInterface
public interface Problems {
  /**
   * Adds a problem.
   *
   * @param path the path of the value in question
   * @param reason the kind of the problem
   * @param problem what is wrong; never quotes the text
   */
  void add(String path, JsonException.Reason reason, String problem);
}
