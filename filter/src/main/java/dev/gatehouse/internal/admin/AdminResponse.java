package dev.gatehouse.internal.admin;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A response of the Admin API.
 *
 * @param status the HTTP status
 * @param body a tree of JSON values
 * @param headers the headers by name
 */
public record AdminResponse(int status, Map<String, Object> body, Map<String, String> headers) {
  /** Returns a response without headers. */
  static AdminResponse of(int status, Map<String, Object> body) {
    return new AdminResponse(status, body, Map.of());
  }

  /** Returns a response with two members, in this order. */
  public static AdminResponse of(
      int status, Map.Entry<String, ?> first, Map.Entry<String, ?> second) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(first.getKey(), first.getValue());
    body.put(second.getKey(), second.getValue());
    return of(status, body);
  }

  /** Returns an error in the form of APISIX. The text must not contain values of the request. */
  public static AdminResponse error(int status, String text) {
    return of(status, Map.of("error_msg", text));
  }

  /** Returns a name of a request for a message: shortened, without special characters. */
  static String printable(String name) {
    return name.length() > 100 ? "..." : name.replaceAll("[^A-Za-z0-9_.-]", "?");
  }

  /** Returns 404: no such record. */
  static AdminResponse notFound() {
    return of(404, Map.of("message", "Key not found"));
  }

  /** Returns the response to an unknown resource. */
  public static AdminResponse unknownResource(String resource) {
    return error(404, "Unsupported resource type: " + printable(resource));
  }

  /** Returns the response to a method that a resource does not support. */
  public static AdminResponse notSupported(String method, String resource) {
    return error(405, "not supported `" + method + "` method for " + resource);
  }

  public AdminResponse with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new AdminResponse(status, body, more);
  }
}
