package dev.gatehouse.internal.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The identified caller of a request.
 *
 * @param credential the proved Credential, or null for an anonymous Consumer
 * @param attributes further results of a plugin by the names of request attributes
 */
public record Identity(
    Consumer consumer, @Nullable Credential credential, Map<String, Object> attributes)
    implements Authentication.Result {
  /** Creates an identity without attributes. */
  public Identity(Consumer consumer, @Nullable Credential credential) {
    this(consumer, credential, Map.of());
  }

  /** Returns whether no Credential was proved. */
  boolean isAnonymous() {
    return credential == null;
  }
}
