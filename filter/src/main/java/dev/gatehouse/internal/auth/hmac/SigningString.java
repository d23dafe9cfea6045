package dev.gatehouse.internal.auth.hmac;

import dev.gatehouse.internal.http.HttpToken;
import dev.gatehouse.internal.http.PercentDecoder;
import dev.gatehouse.spi.plugin.GateRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The signing string of APISIX: the key id, and one line for each name in the client's list.
 *
 * @param text the signing string; incomplete if there is a problem
 * @param problem the problem of the list, or null
 */
record SigningString(String text, @Nullable String problem) {
  /** The name of the signed method, path and query. */
  static final String TARGET = "@request-target";

  private static final int SHORT = 8;

  /**
   * The input of a signing string.
   *
   * @param skipsAbsent whether an absent header is skipped instead of refused
   */
  record Source(GateRequest request, boolean skipsAbsent) {}

  /**
   * Builds the signing string.
   *
   * <p>A name may occur only once, or a short list could produce megabytes. A header with several
   * values is refused, because it is open which of them the application reads.
   */
  static SigningString of(String keyId, List<String> names, Source source) {
    StringBuilder text = new StringBuilder(128).append(keyId).append('\n');
    String problem = isTwice(names) ? "a name is listed twice" : null;
    for (String name : names) {
      if (problem != null) {
        break;
      }
      if (name.equals(TARGET)) {
        problem = appendTarget(text, source.request());
      } else {
        problem = appendHeader(text, name, source);
      }
    }
    return new SigningString(text.toString(), problem);
  }

  /** Compares short lists without allocation. */
  private static boolean isTwice(List<String> names) {
    if (names.size() > SHORT) {
      Set<String> seen = new HashSet<>();
      return !names.stream().allMatch(name -> seen.add(name.toLowerCase(Locale.ROOT)));
    }
    for (int i = 1; i < names.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (names.get(i).equalsIgnoreCase(names.get(j))) {
          return true;
        }
      }
    }
    return false;
  }

  private static @Nullable String appendHeader(StringBuilder text, String name, Source source) {
    List<String> values =
        HttpToken.isToken(name) ? source.request().headers(name) : List.<String>of();
    if (values.isEmpty()) {
      return source.skipsAbsent() ? null : "a listed header is absent";
    }
    if (values.size() > 1) {
      return "a listed header is repeated";
    }
    text.append(name).append(": ").append(values.get(0)).append('\n');
    return null;
  }

  private static @Nullable String appendTarget(StringBuilder text, GateRequest request) {
    String path = decoded(request.rawPath());
    if (path == null || path.indexOf('?') >= 0 || path.indexOf('\n') >= 0) {
      return "the target cannot be signed without doubt";
    }
    text.append(request.method()).append(' ').append(path);
    String query = request.rawQuery();
    if (query != null && !query.isEmpty()) {
      text.append('?').append(query);
    }
    text.append('\n');
    return null;
  }

  /** Returns the decoded path with one character per byte, or null if an escape is malformed. */
  private static @Nullable String decoded(String path) {
    if (path.indexOf('%') < 0) {
      return path.isEmpty() ? "/" : path;
    }
    boolean ascii = path.chars().allMatch(c -> c < 128);
    String text = ascii ? PercentDecoder.utf8(path, PercentDecoder.Plus.ITSELF) : null;
    return text == null
        ? null
        : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
