package dev.gatehouse.internal.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A text that is not what its {@link Bounds} allow.
 *
 * <p>{@link #problem} and {@link #place} never quote the text, which may hold a secret. The message
 * may be the one of the library, which does.
 */
public final class JsonException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The kind of a problem. */
  public enum Reason {
    /** The bytes are not UTF-8. */
    ENCODING,
    /** A number is larger or longer than allowed. */
    NUMBER,
    /** A member is given twice. */
    DUPLICATE,
    /** The text is too long, or has too many values. */
    SIZE,
    /** Anything else. */
    TEXT
  }

  private final Reason reason;
  private final String problem;
  private final String hint;
  private final transient @Nullable Place at;

  JsonException(Reason reason, String problem, @Nullable Place at) {
    super(problem);
    this.reason = reason;
    this.problem = problem;
    this.hint = "";
    this.at = at;
  }

  /** An error of syntax that a library found. */
  JsonException(String problem, Place at, String hint, String message) {
    super(message);
    this.reason = Reason.TEXT;
    this.problem = problem;
    this.hint = hint;
    this.at = at;
  }

  /**
   * A position in a text.
   *
   * @param line counted from 1
   * @param column counted from 1
   */
  record Place(int line, int column) {
    String in(String file) {
      return " (" + file + "line " + line + ", column " + column + ")";
    }
  }

  /** Returns the kind of the problem. */
  public Reason reason() {
    return reason;
  }

  /** Returns where the problem is, as in {@code " (line 1, column 2)"}; "" if it is not known. */
  public String place() {
    return at == null ? "" : at.in("");
  }

  /** Returns the problem with its place in a file. */
  String problem(String file) {
    return problem + (at == null ? "" : at.in(file)) + hint;
  }
}
