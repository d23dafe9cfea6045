package dev.gatehouse.cdi;

import java.util.Map;
import java.util.Optional;

/**
 * The claims of the token by which the caller of the current request was identified; for injection.
 *
 * <p>They are there when the Route's {@code jwt-auth} has {@code store_in_ctx: true}. The injected
 * object is one for all requests and answers for the request of the calling thread; safe for use by
 * several threads. Source: reference section 2.4.
 */
public interface TokenClaims {
  /**
   * All claims by name, with the values that JSON has: texts, booleans, {@code Long}, {@code
   * BigDecimal}, lists, maps and null; unmodifiable.
   *
   * @throws IllegalStateException if the request has no such claims, or if CDI knows no request on
   *     this thread, as on an ASYNC dispatch; there the request attribute {@code
   *     dev.gatehouse.jwt.claims} answers
   */
  Map<String, Object> asMap();

  /**
   * A claim that is a text; empty when it is absent or something else.
   *
   * @throws IllegalStateException as {@link #asMap} does
   */
  default Optional<String> text(String name) {
    return asMap().get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
