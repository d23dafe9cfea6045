package dev.gatehouse.internal.restrict;

import dev.gatehouse.internal.json.Bounds;
import dev.gatehouse.internal.json.JsonException;
import dev.gatehouse.internal.json.StrictJson;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A parser of labels with several values.
 *
 * <p>A label that begins with {@code [} is a JSON array: its texts are the values, and an invalid
 * array has none. Other items of the array are ignored. A label with a comma is a list; blanks
 * around commas are removed. Any other label is one value. Safe for use by several threads.
 */
final class LabelValues {
  private final StrictJson json = StrictJson.json(Bounds.ofDepth(1_000));

  /** Returns whether a label has one of the values. The comparison is exact. */
  boolean anyOf(String label, Set<String> wanted) {
    if (label.startsWith("[")) {
      return array(label).stream().anyMatch(wanted::contains);
    }
    return label.indexOf(',') < 0 ? wanted.contains(label) : anyPart(label, wanted);
  }

  /** Returns all values of a label, in order. */
  Set<String> of(String label) {
    if (label.startsWith("[")) {
      return new LinkedHashSet<>(array(label));
    }
    Set<String> parts = new LinkedHashSet<>();
    for (String part : label.split(",", -1)) {
      parts.add(label.indexOf(',') < 0 ? part : part.strip());
    }
    return parts;
  }

  private static boolean anyPart(String label, Set<String> wanted) {
    int from = 0;
    while (from <= label.length()) {
      int comma = label.indexOf(',', from);
      int to = comma < 0 ? label.length() : comma;
      if (wanted.contains(label.substring(from, to).strip())) {
        return true;
      }
      from = to + 1;
    }
    return false;
  }

  private List<String> array(String label) {
    try {
      return json.texts(label);
    } catch (JsonException notJson) {
      return List.of();
    }
  }
}
