package dev.gatehouse.settings;

import dev.gatehouse.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Readers of texts in lists and objects. */
final class Texts {
  private Texts() {}

  /** Returns the texts of a list, which must be non-empty. Other elements are reported. */
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

  /** Returns the texts of an object. Other members are reported. */
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
