package dev.gatehouse.jpa;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What happens to the tables when the store opens: {@code gatehouse.schema}. */
public enum SchemaMode {
  /** Creates missing tables and columns; the default. */
  MIGRATE,
  /** Changes nothing. The start fails unless the tables are those that this version requires. */
  VALIDATE,
  /** Does not access the schema. */
  NONE;

  /** Returns the name in the configuration, such as {@code migrate}. */
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
