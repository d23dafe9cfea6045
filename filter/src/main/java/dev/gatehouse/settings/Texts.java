package dev.gatehouse.settings;

import dev.gatehouse.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads texts out of lists and objects, and reports what is none. */
final class Texts {
  private Texts() {}

  /** A list of at least one text, each of at least one character; others are left out. */
  static List<String> list(String where, @Nullable Object value, ConfigProblems mistakes) {
    if (!(value instanceof List<?> list) || list.isEmpty()) {
      mistakes.add(where, "must be a list of at least one text, was " + ValueText.value(value));
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String text = ValueText.revealed(list.get(i));
      if (!text.isEmpty()) {
        texts.add(text);
      } else {
        mistakes.add(where + "[" + i + "]", "must be a text, was " + ValueText.value(list.get(i)));
      }
    }
    return texts;
  }

  /** The members of an object that are texts; others are left out. */
  static Map<String, String> map(
      String where, Map<String, Object> members, ConfigProblems mistakes) {
    Map<String, String> texts = new LinkedHashMap<>();
    members.forEach(
        (name, item) -> {
          if (item instanceof String || item instanceof Secret) {
            texts.put(name, ValueText.revealed(item));
          } else {
            mistakes.add(where + "." + name, "must be a text, was " + ValueText.value(item));
          }
        });
    return texts;
  }
}
