package dev.gatehouse.internal.admin;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the Admin API answers.
 *
 * @param status of HTTP
 * @param body a tree of JSON values
 * @param headers by name
 */
public record AdminResponse(int status, Map<String, Object> body, Map<String, String> headers) {
  /** An answer without headers of its own. */
  static AdminResponse of(int status, Map<String, Object> body) {
    return new AdminResponse(status, body, Map.of());
  }

  /** An answer of two members, in this order. */
  public static AdminResponse of(
      int status, Map.Entry<String, ?> first, Map.Entry<String, ?> second) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(first.getKey(), first.getValue());
    body.put(second.getKey(), second.getValue());
    return of(status, body);
  }

  /** What is wrong, in the reference's form; the text never holds what was sent as a value. */
  public static AdminResponse error(int status, String text) {
    return of(status, Map.of("error_msg", text));
  }

  /** Nothing stands there. */
  static AdminResponse notFound() {
    return of(404, Map.of("message", "Key not found"));
  }

  /** A method that a resource does not have. */
  public static AdminResponse notSupported(String method, String resource) {
    return error(405, "not supported `" + method + "` method for " + resource);
  }

  public AdminResponse with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new AdminResponse(status, body, more);
  }
}
