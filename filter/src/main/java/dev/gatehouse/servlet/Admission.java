package dev.gatehouse.servlet;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import jakarta.servlet.ServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the gate has found out about a request; it travels as a request attribute.
 *
 * @param consumer the identified Consumer, or null on a Route without credential plugin
 * @param credential the proved Credential, or null for an anonymous Consumer
 */
record Admission(@Nullable Consumer consumer, @Nullable Credential credential) {
  private static final String ATTRIBUTE = "dev.gatehouse.admission";

  static Optional<Admission> of(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Admission found
        ? Optional.of(found)
        : Optional.empty();
  }

  void storeIn(ServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }
}
