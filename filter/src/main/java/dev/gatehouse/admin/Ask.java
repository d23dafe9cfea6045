package dev.gatehouse.admin;

import dev.gatehouse.spi.ConsumerEditor.Expected;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request to the Admin API.
 *
 * @param method as it was sent
 * @param path the segments behind the servlet's own path
 * @param query parameters in their order
 * @param ifMatch the header, or null
 * @param ifNoneMatch the header, or null
 * @param body read when it is asked for
 */
record Ask(
    String method,
    List<String> path,
    List<Map.Entry<String, String>> query,
    @Nullable String ifMatch,
    @Nullable String ifNoneMatch,
    Body body) {

  private static final Pattern TAG = Pattern.compile("\"([!#-~]{1,100})\"");

  /** What stands in the request's body. */
  @FunctionalInterface
  interface Body {
    /** The members of the one object; empty if there is no body at all. */
    Optional<Map<String, @Nullable Object>> read();
  }

  static Ask of(HttpServletRequest request, Body body) {
    List<String> path = new ArrayList<>(List.of(text(request.getPathInfo()).split("/", -1)));
    path.remove(0);
    if (path.size() > 1 && path.get(path.size() - 1).isEmpty()) {
      path.remove(path.size() - 1);
    }
    return new Ask(
        request.getMethod(),
        List.copyOf(path),
        query(text(request.getQueryString())),
        request.getHeader("If-Match"),
        request.getHeader("If-None-Match"),
        body);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static List<Map.Entry<String, String>> query(String raw) {
    List<Map.Entry<String, String>> parameters = new ArrayList<>();
    for (String one : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
      int at = one.indexOf('=');
      parameters.add(
          Map.entry(
              decoded(at < 0 ? one : one.substring(0, at)),
              decoded(at < 0 ? "" : one.substring(at + 1))));
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      String plain = URLDecoder.decode(text, StandardCharsets.UTF_8);
      if (plain.chars().noneMatch(c -> c < ' ' || c == 127 || c == 0xfffd)) {
        return plain;
      }
    } catch (IllegalArgumentException malformed) {
      throw Refused.badRequest("the query must be percent-encoded UTF-8");
    }
    throw Refused.badRequest("the query must be UTF-8 without control characters");
  }

  /** The parameters of a name, in their order. */
  List<String> all(String name) {
    return query.stream()
        .filter(one -> one.getKey().equals(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** The first parameter of a name. */
  Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** Whether a parameter is true; it is false unless it is there. */
  boolean flag(String name) {
    String text = first(name).orElse("false");
    if (!text.equals("true") && !text.equals("false")) {
      throw Refused.badRequest(name + " must be true or false");
    }
    return text.equals("true");
  }

  /** A whole number among the parameters. */
  Optional<Integer> number(String name) {
    return first(name)
        .map(
            text -> {
              if (!text.matches("[0-9]{1,9}")) {
                throw Refused.badRequest(name + " must be a whole number");
              }
              return Integer.valueOf(text);
            });
  }

  /** What must stand there for the write to be done (RFC 9110, section 13.1). */
  Expected expected() {
    if (ifNoneMatch != null) {
      if (!ifNoneMatch.strip().equals("*")) {
        throw Refused.badRequest("If-None-Match of a write must be *");
      }
      return Expected.NOTHING;
    }
    if (ifMatch == null || ifMatch.strip().equals("*")) {
      return Expected.ANYTHING;
    }
    Matcher tag = TAG.matcher(ifMatch.strip());
    if (!tag.matches()) {
      throw Refused.badRequest("If-Match must be one ETag in quotes");
    }
    return Expected.of(tag.group(1));
  }

  /**
   * The members of the body.
   *
   * @throws Refused if there are none that a record can be made of
   */
  Map<String, @Nullable Object> members() {
    Map<String, @Nullable Object> members =
        body.read().orElseThrow(() -> Refused.badRequest("missing configurations"));
    for (String time : List.of("create_time", "update_time")) {
      if (members.containsKey(time)) {
        throw Refused.badRequest("the property is forbidden:  " + time);
      }
    }
    return members;
  }

  /** Whether only something that is there may be changed. */
  boolean onlyIfThere() {
    return ifMatch != null && ifMatch.strip().equals("*");
  }
}
