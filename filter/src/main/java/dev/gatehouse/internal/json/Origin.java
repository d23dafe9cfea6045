package dev.gatehouse.internal.json;

/**
 * The names of a text in messages.
 *
 * @param name the name of the text
 * @param path the path of its root, which may be empty; places then say the name
 */
public record Origin(String name, String path) {
  String file() {
    return path.isEmpty() && !name.isEmpty() ? name + " " : "";
  }
}
