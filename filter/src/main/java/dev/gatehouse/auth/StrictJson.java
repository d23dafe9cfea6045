package dev.gatehouse.auth;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object of RFC 8259 that a stranger sent, and refuses whatever two readers could take
 * for two things (security J6 and J8): members given twice, text that is not UTF-8, half a
 * surrogate pair, anything after the end; and what would cost much: more than 32 levels, numbers of
 * more than 32 digits or with an exponent of more than three.
 *
 * <p>Values are {@link String}, {@link Boolean}, {@link Long}, {@link BigDecimal}, unmodifiable
 * lists and maps of these, and null. Used for one text, by one thread.
 */
final class StrictJson {
  private static final int DEEPEST = 32;
  private static final int LONGEST_NUMBER = 40;
  private static final int MOST_DIGITS = 32;
  private static final int SAFE_LONG_DIGITS = 18;
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1," + SAFE_LONG_DIGITS + "}");

  /** Stands for "not JSON", because null is a value. */
  private static final Object BAD = new Object();

  private final String text;
  private int at;

  private StrictJson(String text) {
    this.text = text;
  }

  /** The members in their order, or null when the bytes are anything but one strict object. */
  static @Nullable Map<String, @Nullable Object> object(byte[] utf8) {
    StrictJson reader;
    try {
      ByteBuffer bytes = ByteBuffer.wrap(utf8);
      reader = new StrictJson(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return null;
    }
    Object value = reader.next() == '{' ? reader.object(1) : BAD;
    return reader.next() == 0 && reader.at == reader.text.length() && value instanceof Map<?, ?> map
        ? members(map)
        : null;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> members(Map<?, ?> map) {
    return (Map<String, @Nullable Object>) map;
  }

  private @Nullable Object value(int depth) {
    return switch (next()) {
      case '{' -> object(depth + 1);
      case '[' -> list(depth + 1);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Object object(int depth) {
    at++;
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    boolean more = depth <= DEEPEST && !skip('}');
    if (!more) {
      return depth > DEEPEST ? BAD : Map.of();
    }
    while (more) {
      Object name = next() == '"' ? string() : BAD;
      if (!(name instanceof String key) || members.containsKey(key) || !skip(':')) {
        return BAD;
      }
      Object value = value(depth);
      if (value == BAD) {
        return BAD;
      }
      members.put(key, value);
      more = skip(',');
    }
    return skip('}') ? Collections.unmodifiableMap(members) : BAD;
  }

  private Object list(int depth) {
    at++;
    List<@Nullable Object> items = new ArrayList<>();
    boolean more = depth <= DEEPEST && !skip(']');
    if (!more) {
      return depth > DEEPEST ? BAD : List.of();
    }
    while (more) {
      Object value = value(depth);
      if (value == BAD) {
        return BAD;
      }
      items.add(value);
      more = skip(',');
    }
    return skip(']') ? Collections.unmodifiableList(items) : BAD;
  }

  private Object string() {
    at++;
    StringBuilder read = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return paired(read) ? read.toString() : BAD;
      }
      int unit = c == '\\' ? escaped() : c < ' ' ? -1 : c;
      if (unit < 0) {
        return BAD;
      }
      read.append((char) unit);
    }
    return BAD;
  }

  /** The character behind a backslash, or -1. */
  private int escaped() {
    if (at == text.length()) {
      return -1;
    }
    char c = text.charAt(at++);
    int plain = "\"\\/bfnrt".indexOf(c);
    return plain >= 0 ? "\"\\/\b\f\n\r\t".charAt(plain) : c == 'u' ? hex() : -1;
  }

  private int hex() {
    int value = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = at < text.length() ? "0123456789abcdef".indexOf(lower(text.charAt(at))) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'F' ? (char) (c + ('a' - 'A')) : c;
  }

  private static boolean paired(CharSequence read) {
    return read.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      return BAD;
    }
    at += word.length();
    return value;
  }

  private Object number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String number = text.substring(start, Math.min(at, start + LONGEST_NUMBER));
    boolean fits =
        at - start <= LONGEST_NUMBER
            && number.chars().filter(c -> c >= '0' && c <= '9').count() <= MOST_DIGITS;
    if (!fits || !NUMBER.matcher(number).matches()) {
      return BAD;
    }
    return WHOLE.matcher(number).matches() ? (Object) Long.valueOf(number) : new BigDecimal(number);
  }

  /** Goes over white space and then one character, if it is the next. */
  private boolean skip(char expected) {
    boolean found = next() == expected;
    at += found ? 1 : 0;
    return found;
  }

  /** The next character that is not white space, or 0 at the end. */
  private char next() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }
}
