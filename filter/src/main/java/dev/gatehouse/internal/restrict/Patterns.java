package dev.gatehouse.internal.restrict;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.SettingsReader;
import java.util.ArrayList;
import java.util.List;

/** Settings that several restrictions share. */
final class Patterns {
  private Patterns() {}

  /** Returns whether the first of two lists is present. Exactly one of them must be. */
  static boolean first(SettingsReader settings, String first, String second) {
    boolean given = settings.has(first);
    boolean other = settings.has(second);
    if (given && other) {
      settings.report(first, "must not be combined with " + second);
    } else if (!given && !other) {
      settings.report(
          first,
          ConfigProblem.Code.REQUIRED,
          "is required: a list, unless " + second + " is given");
    }
    return given;
  }

  /** Returns the setting {@code message}, with 1 to {@code most} characters. */
  static String message(SettingsReader settings, String fallback, int longest) {
    String message = settings.text("message", fallback);
    if (message.codePointCount(0, message.length()) > longest) {
      settings.report("message", "must have 1 to " + longest + " characters");
    }
    return message;
  }

  /**
   * Returns the texts of a setting as expressions, which take linear time for any input.
   *
   * @param flags those of {@link Pattern}
   */
  static List<Pattern> patterns(
      SettingsReader settings, String name, List<String> texts, int flags) {
    List<Pattern> patterns = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      try {
        patterns.add(Pattern.compile(texts.get(i), flags));
      } catch (PatternSyntaxException e) {
        settings.report(
            name + "[" + i + "]", "must be an expression of RE2: " + e.getDescription());
      }
    }
    return List.copyOf(patterns);
  }

  /** Returns whether one of the expressions is found anywhere in a text. */
  static boolean findsAny(List<Pattern> patterns, String text) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(text).find());
  }
}
