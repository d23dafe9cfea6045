package dev.gatehouse.internal.admin;

import dev.gatehouse.internal.http.PercentDecoder;
import dev.gatehouse.spi.store.Precondition;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request to the Admin API.
 *
 * @param method the method as sent
 * @param path the segments below the servlet's path
 * @param query the parameters in order
 * @param ifMatch the header, or null
 * @param ifNoneMatch the header, or null
 * @param body the body, which is read on demand
 */
public record AdminRequest(
    String method,
    List<String> path,
    List<Map.Entry<String, String>> query,
    @Nullable String ifMatch,
    @Nullable String ifNoneMatch,
    Body body) {

  private static final Pattern TAG =
      Pattern.compile("[ \t]*(?:(W/)?\"([!#-~\\x80-\\xff]*)\")?[ \t]*(?:,|$)");

  /** The body of a request. */
  @FunctionalInterface
  public interface Body {
    /** Returns the one JSON value; empty if there is no body at all. */
    Optional<JsonBody> read();

    /** Returns the members of the one object; empty if there is no body at all. */
    default Optional<Map<String, @Nullable Object>> members() {
      return read().map(JsonBody::members);
    }
  }

  public static AdminRequest of(HttpServletRequest request, Body body) {
    List<String> path = new ArrayList<>(List.of(text(request.getPathInfo()).split("/", -1)));
    path.remove(0);
    if (path.size() > 1 && path.get(path.size() - 1).isEmpty()) {
      path.remove(path.size() - 1);
    }
    return new AdminRequest(
        request.getMethod(),
        List.copyOf(path),
        query(text(request.getQueryString())),
        list(request, "If-Match"),
        list(request, "If-None-Match"),
        body);
  }

  /** Returns all lines of a header as one list, or null if there is none. */
  private static @Nullable String list(HttpServletRequest request, String name) {
    Enumeration<String> lines = request.getHeaders(name);
    return lines == null || !lines.hasMoreElements()
        ? null
        : String.join(",", Collections.list(lines));
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
    byte[] bytes = PercentDecoder.bytes(text, PercentDecoder.Plus.BLANK);
    if (bytes == null) {
      throw AdminException.badRequest("the query must be percent-encoded UTF-8");
    }
    String plain = new String(bytes, StandardCharsets.UTF_8);
    if (plain.chars().anyMatch(c -> c < ' ' || c == 127 || c == 0xfffd)) {
      throw AdminException.badRequest("the query must be UTF-8 without control characters");
    }
    return plain;
  }

  /** Returns the values of a parameter in order. */
  List<String> all(String name) {
    return query.stream()
        .filter(one -> one.getKey().equals(name))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Returns the first value of a parameter. */
  Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** Returns whether a parameter is true. An absent parameter is false. */
  boolean flag(String name) {
    String text = first(name).orElse("false");
    if (!text.equals("true") && !text.equals("false")) {
      throw AdminException.badRequest(name + " must be true or false");
    }
    return text.equals("true");
  }

  /** Returns a parameter that must be a whole number. */
  Optional<Integer> number(String name) {
    return first(name)
        .map(
            text -> {
              if (!text.matches("[0-9]{1,9}")) {
                throw AdminException.badRequest(name + " must be a whole number");
              }
              return Integer.valueOf(text);
            });
  }

  /** Refuses unknown parameters: a misspelt filter would return everything. */
  void refuseOtherParameters(String... known) {
    List<String> names = List.of(known);
    for (Map.Entry<String, String> parameter : query) {
      if (!names.contains(parameter.getKey())) {
        throw AdminException.badRequest(
            "unknown parameter: "
                + AdminResponse.printable(parameter.getKey())
                + "; known here are "
                + String.join(", ", names));
      }
    }
  }

  /** Returns the precondition of a write (RFC 9110 section 13.1). */
  Precondition precondition() {
    boolean absent = ifNoneMatch != null && ifNoneMatch.strip().equals("*");
    Set<String> unwanted =
        ifNoneMatch == null || absent ? Set.of() : tags("If-None-Match", ifNoneMatch, true);
    Optional<Set<String>> wanted =
        ifMatch == null || ifMatch.strip().equals("*")
            ? Optional.empty()
            : Optional.of(tags("If-Match", ifMatch, false));
    return new Precondition(wanted, unwanted, absent);
  }

  /**
   * Reads a list of entity tags.
   *
   * @param weak whether a weak tag counts; If-Match compares strongly, so a weak tag matches
   *     nothing
   */
  private static Set<String> tags(String header, String list, boolean weak) {
    Set<String> tags = new HashSet<>();
    Matcher tag = TAG.matcher(list);
    int at = 0;
    while (tag.region(at, list.length()).lookingAt()) {
      if (tag.group(2) != null && (weak || tag.group(1) == null)) {
        tags.add(tag.group(2));
      }
      at = tag.end();
      if (at == list.length()) {
        return tags;
      }
    }
    throw AdminException.badRequest(header + " must be * or a list of ETags in quotes");
  }

  /**
   * Returns the members of the body.
   *
   * @throws AdminException if the body is missing or not an object
   */
  Map<String, @Nullable Object> members() {
    Map<String, @Nullable Object> members =
        body.members().orElseThrow(() -> AdminException.badRequest("missing configurations"));
    for (String time : List.of("create_time", "update_time")) {
      if (members.containsKey(time)) {
        throw AdminException.badRequest("the property is forbidden:  " + time);
      }
    }
    return members;
  }

  /** Returns whether the request requires an existing record. */
  boolean onlyIfThere() {
    return ifMatch != null && ifMatch.strip().equals("*");
  }
}
