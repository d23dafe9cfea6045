package dev.gatehouse;

import dev.gatehouse.settings.ConfigProblems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rules for labels of Consumers, groups and Credentials.
 *
 * <p>They are those of APISIX, except that control characters are refused: a label may become the
 * value of a header, and some databases cannot store them.
 */
final class Labels {
  private static final int MAX_LENGTH = 256;

  private Labels() {}

  static Map<String, String> checked(Map<String, String> labels, ConfigProblems mistakes) {
    labels.forEach((name, value) -> check(name, value, mistakes));
    return labels.size() > 1
        ? Collections.unmodifiableMap(new LinkedHashMap<>(labels))
        : Map.copyOf(labels);
  }

  private static void check(String name, String value, ConfigProblems mistakes) {
    if (!hasLength(name) || name.chars().anyMatch(Labels::isControl)) {
      mistakes.add(
          "labels", "a label's name must be 1 to 256 characters without control characters");
    }
    if (!hasLength(value) || value.chars().anyMatch(c -> c == ' ' || isControl(c))) {
      mistakes.add(
          "labels." + name, "must be 1 to 256 characters without blanks and control characters");
    }
  }

  private static boolean hasLength(String text) {
    return !text.isEmpty() && text.length() <= MAX_LENGTH;
  }

  private static boolean isControl(int c) {
    return c < ' ' || c == 127;
  }
}
