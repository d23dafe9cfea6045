package dev.gatehouse.jpa;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What happens to the tables when the store is opened: {@code gatehouse.schema}. */
public enum SchemaMode {
  /** Missing tables and columns are made; the default. */
  MIGRATE,
  /** Nothing is made; the start fails unless the tables are those that this version needs. */
  VALIDATE,
  /** The tables are not looked at. */
  NONE;

  /** The word in the settings, as in {@code migrate}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<SchemaMode> of(String word) {
    return Stream.of(values()).filter(mode -> mode.word().equals(word)).findFirst();
  }

  public static List<String> words() {
    return Stream.of(values()).map(SchemaMode::word).toList();
  }
}
