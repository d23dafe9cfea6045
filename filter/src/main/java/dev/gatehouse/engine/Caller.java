package dev.gatehouse.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param credential the proved Credential, or null for an anonymous Consumer
 */
record Caller(Consumer consumer, @Nullable Credential credential) {
  boolean anonymous() {
    return credential == null;
  }
}
