package dev.gatehouse;

import java.util.List;
import java.util.Map;

/** Writes settings as JSON (RFC 8259). */
final class JsonText {
  private static final char LAST_CONTROL = 0x1f;

  private JsonText() {}

  /** The text of an object, list, text, number or truth value; a secret is shown as a text. */
  static String of(Object value) {
    StringBuilder text = new StringBuilder();
    write(text, value);
    return text.toString();
  }

  private static void write(StringBuilder text, Object value) {
    if (value instanceof Map<?, ?> map) {
      char before = '{';
      for (Map.Entry<?, ?> one : map.entrySet()) {
        text.append(before);
        quote(text, String.valueOf(one.getKey()));
        text.append(':');
        write(text, one.getValue());
        before = ',';
      }
      text.append(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> list) {
      char before = '[';
      for (Object one : list) {
        text.append(before);
        write(text, one);
        before = ',';
      }
      text.append(list.isEmpty() ? "[]" : "]");
    } else if (value instanceof String || value instanceof Secret) {
      quote(text, Shown.revealed(value));
    } else {
      text.append(value);
    }
  }

  private static void quote(StringBuilder text, String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c <= LAST_CONTROL) {
        text.append("\\u%04x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
