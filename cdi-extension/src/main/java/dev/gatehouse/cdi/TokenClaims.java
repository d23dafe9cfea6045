package dev.gatehouse.cdi;

import java.util.Map;
import java.util.Optional;

/**
 * The claims of the token of the current request; for injection.
 *
 * <p>They are available if the Route's {@code jwt-auth} has {@code store_in_ctx: true}. The
 * injected object is shared by all requests and returns the data of the calling thread's request.
 * It is safe for use by several threads.
 */
public interface TokenClaims {
  /**
   * Returns all claims by name; unmodifiable. Values are texts, booleans, {@code Long}, {@code
   * BigDecimal}, lists, maps and null.
   *
   * @throws IllegalStateException if the request has no claims, or if CDI has no request on this
   *     thread, as on an ASYNC dispatch; use the request attribute {@code dev.gatehouse.jwt.claims}
   *     there
   */
  Map<String, Object> asMap();

  /**
   * Returns a claim that is a text, or empty if it is absent or of another type.
   *
   * @throws IllegalStateException as {@link #asMap} does
   */
  default Optional<String> text(String name) {
    return asMap().get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
