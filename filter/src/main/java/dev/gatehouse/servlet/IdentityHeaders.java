package dev.gatehouse.servlet;

import dev.gatehouse.Consumer;
import dev.gatehouse.engine.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The three headers that tell the application who calls (reference section 1.7).
 *
 * <p>What a client sends under these names is never seen by the application.
 */
final class IdentityHeaders {
  private static final String USERNAME = "X-Consumer-Username";
  private static final String CREDENTIAL = "X-Credential-Identifier";
  private static final String CUSTOM_ID = "X-Consumer-Custom-ID";

  private IdentityHeaders() {}

  /** Whether a header name is one of the three; the cheap test on the first letter comes first. */
  static boolean isOne(String name) {
    return !name.isEmpty()
        && (name.charAt(0) | 0x20) == 'x'
        && (name.equalsIgnoreCase(USERNAME)
            || name.equalsIgnoreCase(CREDENTIAL)
            || name.equalsIgnoreCase(CUSTOM_ID));
  }

  /** The value of one of the three, or null. */
  static @Nullable String value(Passage passage, String name) {
    Consumer consumer = passage.consumer();
    if (consumer == null) {
      return null;
    }
    if (name.equalsIgnoreCase(USERNAME)) {
      return consumer.username();
    }
    if (passage.credential() == null) {
      return null;
    }
    if (name.equalsIgnoreCase(CUSTOM_ID)) {
      return consumer.labels().get("custom_id");
    }
    return passage.credential().inline() ? null : passage.credential().id();
  }

  /** The names that have a value, in lower case as containers list them. */
  static List<String> present(Passage passage) {
    List<String> names = new ArrayList<>(3);
    for (String name : List.of(USERNAME, CREDENTIAL, CUSTOM_ID)) {
      if (value(passage, name) != null) {
        names.add(name.toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }
}
