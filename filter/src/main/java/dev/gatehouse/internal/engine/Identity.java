package dev.gatehouse.internal.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a request, as the credential plugins have identified it.
 *
 * @param credential the proved Credential, or null for an anonymous Consumer
 * @param attributes what else a plugin has found out, by the name of the request attribute
 */
public record Identity(
    Consumer consumer, @Nullable Credential credential, Map<String, Object> attributes)
    implements Authentication.Result {
  /** An identity without further attributes. */
  public Identity(Consumer consumer, @Nullable Credential credential) {
    this(consumer, credential, Map.of());
  }

  /** Returns whether no Credential was proved. */
  boolean isAnonymous() {
    return credential == null;
  }
}
