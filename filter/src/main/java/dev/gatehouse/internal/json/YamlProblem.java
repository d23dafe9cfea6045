package dev.gatehouse.internal.json;

import java.util.Map;

/**
 * What is wrong with a YAML text, in words.
 *
 * <p>The library's own message may quote the text, which may be a secret.
 */
final class YamlProblem {
  private static final String INDENTATION =
      "wrong indentation: all entries of a list or mapping begin in the same column";
  private static final String BRACKETS =
      "a bracket is not closed, a comma is missing, or a text with { or [, as ${NAME}, is not in"
          + " quotes";

  /** A part of the library's message, and what it means. */
  private static final Map<String, String> WORDS =
      Map.of(
          "(TAB)", "a tab cannot indent; use blanks",
          "expected <block end>", INDENTATION,
          "mapping values are not allowed",
              "a text with \": \" is not in quotes, or the indentation is wrong",
          "sequence entries are not allowed", "a list begins in a line of its own",
          "flow mapping", BRACKETS,
          "flow sequence", BRACKETS,
          "quoted scalar", "a text in quotes is not closed, or has an unknown escape",
          "scanning an a", "a text that begins with * or & is not in quotes",
          "could not find expected ':'", "a line has no \": \" where one is expected",
          "cannot start any token", "a text that begins with @, % or ` is not in quotes");

  private YamlProblem() {}

  /**
   * The words, after a colon; empty when none are known.
   *
   * @param message the library's problem, and then what it was doing
   */
  static String of(String message) {
    return WORDS.entrySet().stream()
        .filter(each -> message.contains(each.getKey()))
        .sorted((a, b) -> Integer.compare(message.indexOf(a.getKey()), message.indexOf(b.getKey())))
        .map(each -> ": " + each.getValue())
        .findFirst()
        .orElse("");
  }
}
