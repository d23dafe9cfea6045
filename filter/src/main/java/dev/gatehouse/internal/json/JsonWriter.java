package dev.gatehouse.internal.json;

import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as JSON (RFC 8259) without blanks: maps, collections, texts, numbers, booleans and
 * null.
 */
public final class JsonWriter {
  private static final String HEX = "0123456789ABCDEF";
  private static final String ESCAPED = "\"\\\b\f\n\r\t";
  private static final String LETTERS = "\"\\bfnrt";

  private final StringBuilder text = new StringBuilder();
  private final boolean ascii;
  private final Function<Object, String> shown;

  private JsonWriter(boolean ascii, Function<Object, String> shown) {
    this.ascii = ascii;
    this.shown = shown;
  }

  /**
   * Returns the text of a value.
   *
   * @throws IllegalArgumentException if it holds a value of another type
   */
  public static String write(@Nullable Object value) {
    return write(value, JsonWriter::refuse);
  }

  /**
   * Returns the text of a value.
   *
   * @param shown returns the text that represents a value of another type
   */
  public static String write(@Nullable Object value, Function<Object, String> shown) {
    return new JsonWriter(false, shown).add(value).text.toString();
  }

  /**
   * Returns the text of a value, with escapes for all characters beyond ASCII.
   *
   * @throws IllegalArgumentException if it holds a value of another type
   */
  public static String ascii(Object value) {
    return new JsonWriter(true, JsonWriter::refuse).add(value).text.toString();
  }

  private static String refuse(Object value) {
    throw new IllegalArgumentException("not a JSON value: " + value.getClass().getName());
  }

  private JsonWriter add(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      addMembers(map);
    } else if (value instanceof Collection<?> items) {
      addItems(items);
    } else if (value instanceof String string) {
      quote(string);
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      text.append(value);
    } else {
      quote(shown.apply(value));
    }
    return this;
  }

  private void addMembers(Map<?, ?> map) {
    String before = "{";
    for (Map.Entry<?, ?> member : map.entrySet()) {
      text.append(before);
      quote(String.valueOf(member.getKey()));
      text.append(':');
      add(member.getValue());
      before = ",";
    }
    text.append(map.isEmpty() ? "{}" : "}");
  }

  private void addItems(Collection<?> items) {
    String before = "[";
    for (Object item : items) {
      text.append(before);
      add(item);
      before = ",";
    }
    text.append(items.isEmpty() ? "[]" : "]");
  }

  private void quote(String string) {
    text.append('"');
    int written = 0;
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || (ascii && c > '~')) {
        text.append(string, written, i);
        escape(c);
        written = i + 1;
      }
    }
    text.append(string, written, string.length()).append('"');
  }

  private void escape(char c) {
    int letter = ESCAPED.indexOf(c);
    if (letter >= 0) {
      text.append('\\').append(LETTERS.charAt(letter));
      return;
    }
    text.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      text.append(HEX.charAt(c >> shift & 0xf));
    }
  }
}
