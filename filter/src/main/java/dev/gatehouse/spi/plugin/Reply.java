package dev.gatehouse.spi.plugin;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The reply to a refused request: a status, at most one message, and headers.
 *
 * <p>The filter writes it as JSON, or as a problem document (RFC 9457) if the client accepts one.
 *
 * @param status the HTTP status, 200 to 599
 * @param field the name of the message's member, {@code message} or {@code error_msg}
 * @param message the message, or null for a reply without a body
 * @param headers further response headers
 * @param content a body that replaces the message, or null
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
   * @param type the media type
   * @param text the text, which is written in UTF-8
   */
  public record Content(String type, String text) {
    /** Creates a body. */
    public Content {
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(text, "text");
    }
  }

  /** Creates a reply. */
  public Reply {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status must be 200 to 599, was " + status);
    }
    Objects.requireNonNull(field, "field");
    headers = List.copyOf(headers);
  }

  /** Returns a reply with the body {@code {"message": ...}}. */
  public static Reply message(int status, String message) {
    return new Reply(status, "message", message, List.of(), null);
  }

  /**
   * Returns a reply with the body {@code {"error_msg": ...}}, or without a body if the message is
   * null.
   */
  public static Reply errorMessage(int status, @Nullable String message) {
    return new Reply(status, "error_msg", message, List.of(), null);
  }

  /** Returns this reply with other headers. */
  public Reply with(List<Header> others) {
    return new Reply(status, field, message, others, content);
  }

  /** Returns this reply with another body. */
  public Reply with(Content body) {
    return new Reply(status, field, message, headers, body);
  }
}
