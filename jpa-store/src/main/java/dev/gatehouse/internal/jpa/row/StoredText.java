package dev.gatehouse.internal.jpa.row;

import dev.gatehouse.ConfigException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts that every database stores unchanged: Unicode without U+0000 and unpaired surrogates. */
final class StoredText {
  private StoredText() {}

  /**
   * Returns the text.
   *
   * @throws ConfigException at the path, if a database cannot store it
   */
  static String checked(String path, String text) {
    if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new ConfigException(path, "must not hold U+0000 or half a surrogate pair");
    }
    return text;
  }

  static @Nullable String orNull(String path, Optional<String> text) {
    return text.map(some -> checked(path, some)).orElse(null);
  }

  static Map<String, String> labels(Map<String, String> labels) {
    labels.keySet().forEach(name -> checked("labels", name));
    return labels;
  }

  /** Makes a map equal to another one and changes only entries that differ. */
  static void replace(Map<String, String> old, Map<String, String> wanted) {
    old.keySet().retainAll(wanted.keySet());
    wanted.forEach(
        (name, value) -> {
          if (!value.equals(old.get(name))) {
            old.put(name, value);
          }
        });
  }
}
