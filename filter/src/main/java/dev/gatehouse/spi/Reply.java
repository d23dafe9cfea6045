package dev.gatehouse.spi;

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
 */
public record Reply(int status, String field, @Nullable String message, List<Header> headers) {
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
    return new Reply(status, "message", message, List.of());
  }

  /** A reply with the body {@code {"error_msg": ...}}, or none when the message is null. */
  public static Reply errorMessage(int status, @Nullable String message) {
    return new Reply(status, "error_msg", message, List.of());
  }

  /** The same reply with other headers. */
  public Reply with(List<Header> others) {
    return new Reply(status, field, message, others);
  }
}
