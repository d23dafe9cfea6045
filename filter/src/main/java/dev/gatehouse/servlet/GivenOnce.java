package dev.gatehouse.servlet;

import java.util.HashMap;
import java.util.Map;

/**
 * The values of a builder so far, so that a second value does not silently replace the first.
 *
 * <p>Not safe for use by several threads.
 */
final class GivenOnce {
  private final Map<String, String> given = new HashMap<>();

  /**
   * Adds a name without a value in messages.
   *
   * @throws IllegalStateException if it was given before
   */
  void add(String name) {
    put(name, "");
  }

  /**
   * Adds a name with a value for messages.
   *
   * @throws IllegalStateException if the name was given before
   */
  void add(String name, Object value) {
    put(name, " to " + value);
  }

  private void put(String name, String shown) {
    String before = given.putIfAbsent(name, shown);
    if (before != null) {
      throw new IllegalStateException(name + " was already set" + before);
    }
  }
}
