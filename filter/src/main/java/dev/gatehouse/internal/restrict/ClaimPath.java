package dev.gatehouse.internal.restrict;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSONPath into the attributes of an external user: {@code groups}, {@code $.orgs..team}, {@code
 * $['a'][0]}, {@code $.list[*]}.
 *
 * <p>Slices and filters are not supported. Immutable and safe for use by several threads.
 *
 * @param steps the steps from the root, at least one
 */
record ClaimPath(List<Step> steps) {
  private static final int MAX_DEPTH = 100;

  /**
   * One step.
   *
   * @param deep whether the step searches all levels below
   * @param name the member's name; null for all members and elements, or for an index
   * @param index the element, or -1
   */
  record Step(boolean deep, @Nullable String name, int index) {}

  ClaimPath {
    steps = List.copyOf(steps);
  }

  /**
   * Parses a path.
   *
   * @throws IllegalArgumentException if the text is malformed; the message is the reason
   */
  static ClaimPath parse(String text) {
    return new ClaimPath(new Parser(text).parse());
  }

  /** Returns all values at this path, in order. */
  List<Object> values(Object root) {
    List<Object> found = List.of(root);
    for (Step step : steps) {
      List<Object> next = new ArrayList<>();
      for (Object one : found) {
        follow(step, one, next, 0);
      }
      found = next;
    }
    return found;
  }

  private static void follow(Step step, @Nullable Object from, List<Object> found, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalStateException("an external user is nested deeper than " + MAX_DEPTH);
    }
    for (@Nullable Object child : matches(step, from)) {
      if (child != null) {
        found.add(child);
      }
    }
    if (step.deep()) {
      for (@Nullable Object child : children(from)) {
        follow(step, child, found, depth + 1);
      }
    }
  }

  private static Collection<? extends @Nullable Object> matches(Step step, @Nullable Object from) {
    if (step.name() != null) {
      Object member = from instanceof Map<?, ?> map ? map.get(step.name()) : null;
      return member == null ? List.of() : List.of(member);
    }
    if (step.index() < 0) {
      return children(from);
    }
    return from instanceof List<?> list && step.index() < list.size()
        ? list.subList(step.index(), step.index() + 1)
        : List.of();
  }

  private static Collection<? extends @Nullable Object> children(@Nullable Object from) {
    if (from instanceof Map<?, ?> map) {
      return map.values();
    }
    return from instanceof Collection<?> all ? all : List.of();
  }

  /** A parser that reads the text from left to right. */
  private static final class Parser {
    private final String text;
    private final List<Step> steps = new ArrayList<>();
    private int at;

    Parser(String text) {
      this.text = text;
    }

    List<Step> parse() {
      if (text.startsWith("$")) {
        at = 1;
      } else {
        steps.add(dotted(false));
      }
      while (at < text.length()) {
        steps.add(step());
      }
      if (steps.isEmpty()) {
        throw wrong("names nothing below $");
      }
      return steps;
    }

    private Step step() {
      if (text.startsWith("..", at)) {
        at += 2;
        return text.startsWith("[", at) ? bracketed(true) : dotted(true);
      }
      if (text.startsWith(".", at)) {
        at++;
        return dotted(false);
      }
      if (text.startsWith("[", at)) {
        return bracketed(false);
      }
      throw wrong("must go on with . or [");
    }

    private Step dotted(boolean deep) {
      int end = at;
      while (end < text.length() && isName(text.charAt(end))) {
        end++;
      }
      boolean all = text.startsWith("*", at);
      if (end == at && !all) {
        throw wrong("must have a name");
      }
      String name = all ? null : text.substring(at, end);
      at = all ? at + 1 : end;
      return new Step(deep, name, -1);
    }

    private Step bracketed(boolean deep) {
      int end = text.indexOf(']', at);
      String inner = end < 0 ? "" : text.substring(at + 1, end).strip();
      boolean quoted =
          inner.length() > 2
              && (inner.charAt(0) == '\'' || inner.charAt(0) == '"')
              && inner.indexOf(inner.charAt(0), 1) == inner.length() - 1;
      if (!quoted && !inner.equals("*") && !inner.matches("[0-9]{1,9}")) {
        throw wrong("must have a quoted name, a number or * between brackets");
      }
      at = end + 1;
      if (quoted) {
        return new Step(deep, inner.substring(1, inner.length() - 1), -1);
      }
      return new Step(deep, null, inner.equals("*") ? -1 : Integer.parseInt(inner));
    }

    private static boolean isName(char c) {
      return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == ':' || c == '@';
    }

    private IllegalArgumentException wrong(String problem) {
      return new IllegalArgumentException(problem + ", at character " + (at + 1));
    }
  }
}
