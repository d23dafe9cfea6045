package dev.gatehouse.internal.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.spi.plugin.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The three identity headers, which clients cannot set. */
final class IdentityHeaders {
  private static final String USERNAME = "X-Consumer-Username";
  private static final String CREDENTIAL = "X-Credential-Identifier";
  private static final String CUSTOM_ID = "X-Consumer-Custom-ID";

  /** The names of the headers in lower case. */
  static final List<String> NAMES =
      List.of("x-consumer-username", "x-credential-identifier", "x-consumer-custom-id");

  private IdentityHeaders() {}

  /** Returns whether a name is one of the three. The first letter is compared first. */
  static boolean isOne(String name) {
    return !name.isEmpty()
        && (name.charAt(0) | 0x20) == 'x'
        && (is(name, USERNAME) || is(name, CREDENTIAL) || is(name, CUSTOM_ID));
  }

  /** Returns the value of an identity header, or null. */
  static @Nullable String value(Admission admission, String name) {
    Consumer consumer = admission.consumer();
    if (consumer == null) {
      return null;
    }
    if (is(name, USERNAME)) {
      return consumer.username();
    }
    if (admission.credential() == null) {
      return null;
    }
    if (is(name, CUSTOM_ID)) {
      return consumer.labels().get("custom_id");
    }
    return admission.credential().inline() ? null : admission.credential().id();
  }

  private static boolean is(String name, String header) {
    return name.length() == header.length() && Header.BY_NAME.compare(name, header) == 0;
  }
}
