package dev.gatehouse.settings;

import java.util.Objects;

/**
 * One problem in a configuration: its place, its kind and what is allowed there.
 *
 * @param path the full path of the setting, as in {@code routes[0].plugins.limit-count.count}
 * @param code the kind of problem, for code that must distinguish problems
 * @param message the problem and the allowed values; contains no secrets
 */
public record ConfigProblem(String path, Code code, String message) {
  /** Creates a problem. */
  public ConfigProblem {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
  }

  /** Creates a problem of the kind {@link Code#INVALID}. */
  public ConfigProblem(String path, String message) {
    this(path, Code.INVALID, message);
  }

  /** Kinds of problems. More may be added. */
  public enum Code {
    /** A required setting is missing. */
    REQUIRED,
    /** No plugin of this name is installed. */
    UNKNOWN_PLUGIN,
    /** A Consumer names a group that does not exist. */
    UNKNOWN_GROUP,
    /** A member is given twice. */
    DUPLICATE,
    /** Any other problem. */
    INVALID
  }

  /** Returns the same problem at another path. */
  public ConfigProblem at(String otherPath) {
    return new ConfigProblem(otherPath, code, message);
  }

  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
