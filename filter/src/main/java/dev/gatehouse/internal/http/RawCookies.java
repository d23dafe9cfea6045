package dev.gatehouse.internal.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code Cookie} header values as sent, and leaves out cookies by name. */
public final class RawCookies {
  private RawCookies() {}

  /** The values of a cookie, as sent. */
  public static List<String> values(List<String> headers, String name) {
    List<String> values = new ArrayList<>(1);
    for (String header : headers) {
      for (String pair : header.split(";", -1)) {
        if (name.equals(name(pair))) {
          values.add(pair.substring(pair.indexOf('=') + 1).strip());
        }
      }
    }
    return values;
  }

  /** A header value without the named cookies, the others as sent; null when none is left. */
  public static @Nullable String without(String header, Set<String> names) {
    List<String> kept = new ArrayList<>();
    boolean removed = false;
    for (String pair : header.split(";", -1)) {
      if (names.contains(name(pair))) {
        removed = true;
      } else if (!pair.isBlank()) {
        kept.add(pair.strip());
      }
    }
    if (!removed) {
      return header;
    }
    return kept.isEmpty() ? null : String.join("; ", kept);
  }

  private static String name(String pair) {
    int equals = pair.indexOf('=');
    return equals < 0 ? "" : pair.substring(0, equals).strip();
  }
}
