package dev.gatehouse.spi.plugin;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a refused caller is told: a status, at most one message, and headers.
 *
 * <p>The filter writes it as JSON, or as a problem document (RFC 9457) when the client asks for
 * one. A reply never says more to an unknown caller than to a wrong one.
 *
 * @param status the HTTP status, 200 to 599
 * @param field the member that holds the message, {@code message} or {@code error_msg}
 * @param message the message, or null for a reply without a body
 * @param headers further response headers
 * @param content a body that takes the place of the message whatever the client asks for, or null
 */
public record Reply(
    int status,
    String field,
    @Nullable String message,
    List<Header> headers,
    @Nullable Content content) {

  /**
   * A body.
   *
   * @param type its media type
   * @param text what it says, written in UTF-8
   */
  public record Content(String type, String text) {
    /** Both parts are required. */
    public Content {
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(text, "text");
    }
  }

  /** Checks the status and copies the headers. */
  public Reply {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status must be 200 to 599, was " + status);
    }
    Objects.requireNonNull(field, "field");
    headers = List.copyOf(headers);
  }

  /** A reply with the body {@code {"message": ...}}. */
  public static Reply message(int status, String message) {
    return new Reply(status, "message", message, List.of(), null);
  }

  /** A reply with the body {@code {"error_msg": ...}}, or none when the message is null. */
  public static Reply errorMessage(int status, @Nullable String message) {
    return new Reply(status, "error_msg", message, List.of(), null);
  }

  /** The same reply with other headers. */
  public Reply with(List<Header> others) {
    return new Reply(status, field, message, others, content);
  }

  /** The same reply with another body. */
  public Reply with(Content body) {
    return new Reply(status, field, message, headers, body);
  }
}
