package dev.gatehouse.internal.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a raw query string without touching the request's parameters, which would read the body.
 *
 * <p>Parameters are separated by {@code &}; {@code +} is a blank; escapes are UTF-8. A name that
 * cannot be decoded is no name we look for; a value that cannot be decoded is "", which no plugin
 * accepts.
 */
public final class RawQuery {
  private RawQuery() {}

  /** The decoded values of a parameter; "" for one without {@code =}. */
  public static List<String> values(@Nullable String query, String name) {
    if (query == null || query.isEmpty()) {
      return List.of();
    }
    List<String> values = new ArrayList<>(1);
    int start = 0;
    while (start <= query.length()) {
      int end = end(query, start);
      int equals = query.indexOf('=', start);
      int nameEnd = equals < 0 || equals > end ? end : equals;
      if (name.equals(decoded(query, start, nameEnd))) {
        String value = nameEnd == end ? "" : decoded(query, nameEnd + 1, end);
        values.add(value == null ? "" : value);
      }
      start = end + 1;
    }
    return values;
  }

  /**
   * The query without the named parameters, everything else byte for byte; null when nothing is
   * left.
   */
  public static @Nullable String without(@Nullable String query, Set<String> names) {
    if (query == null || names.isEmpty()) {
      return query;
    }
    StringBuilder rest = new StringBuilder(query.length());
    boolean removed = false;
    int start = 0;
    while (start <= query.length()) {
      int end = end(query, start);
      int equals = query.indexOf('=', start);
      String name = decoded(query, start, equals < 0 || equals > end ? end : equals);
      if (name != null && names.contains(name)) {
        removed = true;
      } else {
        rest.append(rest.length() == 0 && start == 0 ? "" : "&").append(query, start, end);
      }
      start = end + 1;
    }
    if (!removed) {
      return query;
    }
    String kept = rest.length() > 0 && rest.charAt(0) == '&' ? rest.substring(1) : rest.toString();
    return kept.isEmpty() ? null : kept;
  }

  private static int end(String query, int start) {
    int and = query.indexOf('&', start);
    return and < 0 ? query.length() : and;
  }

  private static @Nullable String decoded(String query, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = query.charAt(i);
      if (c == '%' || c == '+' || c >= 128) {
        return PercentDecoder.utf8(query.substring(from, to), PercentDecoder.Plus.BLANK);
      }
    }
    return query.substring(from, to);
  }
}
