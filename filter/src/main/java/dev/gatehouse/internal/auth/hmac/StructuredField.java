package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.internal.http.HttpToken;
import dev.gatehouse.internal.http.StrictBase64;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parser of dictionaries of RFC 8941 (structured field values), strict and in one pass, and their
 * serialisation by section 4.1.
 *
 * <p>Stricter than the RFC in two points: no name may occur twice, and byte sequences must be
 * canonical base64. Not safe for use by several threads.
 */
final class StructuredField {
  private static final Item TRUE = new Item(new Bare(Kind.BOOLEAN, "1"), Map.of());

  private final String text;
  private int at;
  private boolean sound = true;

  /** The kinds of bare items. */
  enum Kind {
    STRING,
    TOKEN,
    INTEGER,
    DECIMAL,
    BYTES,
    BOOLEAN
  }

  /**
   * A bare item.
   *
   * @param text a string without its quotes and escapes, base64 of bytes, otherwise as it is
   *     written
   */
  record Bare(Kind kind, String text) {
    String written() {
      return switch (kind) {
        case STRING -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        case BYTES -> ':' + text + ':';
        case BOOLEAN -> '?' + text;
        default -> text;
      };
    }
  }

  /** A bare item with its parameters in order. */
  record Item(Bare value, Map<String, Bare> parameters) {
    String written() {
      return value.written() + all(parameters);
    }
  }

  /**
   * A member of a dictionary.
   *
   * @param list whether the member is an inner list
   * @param items the items of the list, or the one item without its parameters
   * @param parameters the parameters of the member, in order
   */
  record Member(boolean list, List<Item> items, Map<String, Bare> parameters) {
    String written() {
      List<String> each = items.stream().map(Item::written).toList();
      String value = String.join(" ", each);
      return (list ? '(' + value + ')' : value) + all(parameters);
    }

    /** Returns the base64 text of a byte sequence, or null for another kind. */
    @Nullable String bytes() {
      return list || items.get(0).value().kind() != Kind.BYTES ? null : items.get(0).value().text();
    }
  }

  private StructuredField(String text) {
    this.text = text;
  }

  /** Parses a dictionary in order. Returns null if the text is malformed. */
  static @Nullable Map<String, Member> dictionary(String text) {
    return new StructuredField(text.strip()).members();
  }

  private static String all(Map<String, Bare> parameters) {
    StringBuilder written = new StringBuilder();
    parameters.forEach(
        (name, value) -> {
          written.append(';').append(name);
          if (value.kind() != Kind.BOOLEAN || value.text().equals("0")) {
            written.append('=').append(value.written());
          }
        });
    return written.toString();
  }

  private @Nullable Map<String, Member> members() {
    Map<String, Member> members = new LinkedHashMap<>();
    while (sound && at < text.length()) {
      String name = key();
      boolean valued = take('=');
      Member member = valued ? value() : new Member(false, List.of(TRUE), readParameters());
      sound &= members.put(name, member) == null;
      skip(" \t");
      boolean more = take(',');
      skip(" \t");
      sound &= more == at < text.length();
    }
    return sound ? members : null;
  }

  private Member value() {
    if (!take('(')) {
      Item item = new Item(bare(), Map.of());
      return new Member(false, List.of(item), readParameters());
    }
    List<Item> items = new ArrayList<>();
    skip(" ");
    while (sound && !take(')')) {
      items.add(new Item(bare(), readParameters()));
      int before = at;
      skip(" ");
      sound &= at > before || peek() == ')';
    }
    return new Member(true, items, readParameters());
  }

  private Map<String, Bare> readParameters() {
    Map<String, Bare> parameters = new LinkedHashMap<>();
    while (sound && take(';')) {
      skip(" ");
      String name = key();
      Bare value = take('=') ? bare() : TRUE.value();
      sound &= parameters.put(name, value) == null;
    }
    return parameters;
  }

  private String key() {
    int from = at;
    sound &= isLower(peek()) || peek() == '*';
    while (isLower(peek()) || isDigit(peek()) || isOneOf(peek(), "_-.*")) {
      at++;
    }
    return text.substring(from, at);
  }

  private Bare bare() {
    char first = peek();
    if (first == '"') {
      return new Bare(Kind.STRING, string());
    }
    if (first == ':') {
      return new Bare(Kind.BYTES, bytes());
    }
    if (take('?')) {
      String flag = text.substring(at, Math.min(at + 1, text.length()));
      at++;
      sound &= flag.equals("0") || flag.equals("1");
      return new Bare(Kind.BOOLEAN, flag);
    }
    return first == '-' || isDigit(first) ? number() : new Bare(Kind.TOKEN, token());
  }

  private String string() {
    StringBuilder value = new StringBuilder();
    at++;
    while (sound && !take('"')) {
      boolean escaped = take('\\');
      char c = peek();
      sound &= c >= ' ' && c < 127 && (!escaped || c == '"' || c == '\\');
      value.append(c);
      at++;
    }
    return value.toString();
  }

  private String bytes() {
    int end = text.indexOf(':', at + 1);
    String base64 = end < 0 ? "" : text.substring(at + 1, end);
    byte[] decoded = StrictBase64.decode(base64);
    sound &= end >= 0 && Base64.getEncoder().encodeToString(decoded).equals(base64);
    at = end + 1;
    return base64;
  }

  private String token() {
    int from = at;
    sound &= isLower(peek()) || (peek() >= 'A' && peek() <= 'Z') || peek() == '*';
    while (isOneOf(peek(), ":/") || HttpToken.isToken(String.valueOf(peek()))) {
      at++;
    }
    return text.substring(from, at);
  }

  /** At most 15 digits, or 12 with up to three after a point. */
  private Bare number() {
    String sign = take('-') ? "-" : "";
    String whole = digits();
    String part = take('.') ? digits() : null;
    int most = part == null ? 15 : 12;
    sound &= !whole.isEmpty() && whole.length() <= most;
    sound &= part == null || (!part.isEmpty() && part.length() <= 3);
    if (!sound) {
      return TRUE.value();
    }
    String plain = String.valueOf(Long.parseLong(whole));
    if (part == null) {
      return new Bare(Kind.INTEGER, plain.equals("0") ? plain : sign + plain);
    }
    String rest = part.replaceFirst("(?<=.)0{1,2}$", "");
    String value = plain + '.' + rest;
    return new Bare(Kind.DECIMAL, value.equals("0.0") ? value : sign + value);
  }

  private String digits() {
    int from = at;
    while (isDigit(peek())) {
      at++;
    }
    return text.substring(from, at);
  }

  /** Returns the next character, or NUL at the end, which no rule accepts. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private boolean take(char c) {
    boolean there = peek() == c;
    at += there ? 1 : 0;
    return there;
  }

  private void skip(String blanks) {
    while (isOneOf(peek(), blanks)) {
      at++;
    }
  }

  private static boolean isOneOf(char c, String characters) {
    return characters.indexOf(c) >= 0;
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
