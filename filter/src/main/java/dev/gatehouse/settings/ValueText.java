package dev.gatehouse.settings;

import dev.gatehouse.Secret;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the text of a mistake shows a value that is wrong, without showing a secret. */
final class ValueText {
  private ValueText() {}

  /** Texts that stand where a number belongs are shown; they are never secrets. */
  static String value(@Nullable Object value) {
    if (value instanceof String text) {
      return '"' + text + '"';
    }
    if (value instanceof Long || value instanceof BigDecimal || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof List<?> list) {
      return list.isEmpty() ? "an empty list" : "a list";
    }
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty() ? "an empty object" : "an object";
    }
    return value == null ? "nothing" : "a secret";
  }

  static String wholeNumber(long least, long most) {
    return "a whole number from " + least + " to " + most;
  }

  /** Where an object belongs, a text or number may be the secret that should stand in it. */
  static String kind(@Nullable Object value) {
    if (value instanceof String) {
      return "a text";
    }
    return value instanceof Long || value instanceof BigDecimal ? "a number" : value(value);
  }

  /** The text of a value, or "" when it is none. */
  static String revealed(@Nullable Object value) {
    if (value instanceof Secret secret) {
      return secret.reveal();
    }
    return value instanceof String text ? text : "";
  }
}
