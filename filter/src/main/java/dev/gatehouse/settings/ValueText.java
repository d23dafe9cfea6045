package dev.gatehouse.settings;

import dev.gatehouse.Secret;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text of a wrong value in a problem, without secrets. */
final class ValueText {
  private ValueText() {}

  /**
   * Returns the text of a value. Texts in place of a number are included, because they are not
   * secrets.
   */
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

  /**
   * Returns the kind of a value in place of an object: a text or number may be the secret itself.
   */
  static String kind(@Nullable Object value) {
    if (value instanceof String) {
      return "a text";
    }
    return value instanceof Long || value instanceof BigDecimal ? "a number" : value(value);
  }

  /** Returns the text of a value, or an empty text. */
  static String revealed(@Nullable Object value) {
    if (value instanceof Secret secret) {
      return secret.reveal();
    }
    return value instanceof String text ? text : "";
  }
}
