package dev.gatehouse.internal.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param credential the proved Credential, or null for an anonymous Consumer
 * @param facts what else a plugin found out, by attribute name
 */
record Caller(Consumer consumer, @Nullable Credential credential, Map<String, Object> facts) {
  Caller(Consumer consumer, @Nullable Credential credential) {
    this(consumer, credential, Map.of());
  }

  boolean anonymous() {
    return credential == null;
  }
}
