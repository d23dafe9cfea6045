package dev.gatehouse.spi.plugin;

import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of a credential plugin for a request.
 *
 * <p>A failure is not a result: the plugin throws an exception.
 */
public sealed interface AuthResult {
  /**
   * The caller has proved its identity.
   *
   * @param caller the Credential with its Consumer
   * @param facts further results, such as the claims of a token, by the names of request attributes
   *     for the application; usually none
   * @param renewed new settings for the store, such as a stronger hash of the same password;
   *     usually empty
   */
  record Authenticated(
      StoredCredential caller, Map<String, Object> facts, Optional<PluginSettings> renewed)
      implements AuthResult {
    /** Copies the facts. */
    public Authenticated {
      Objects.requireNonNull(caller, "caller");
      Objects.requireNonNull(renewed, "renewed");
      facts = Map.copyOf(facts);
    }

    /** Creates a result with facts. */
    public Authenticated(StoredCredential caller, Map<String, Object> facts) {
      this(caller, facts, Optional.empty());
    }

    /** Creates a result without facts. */
    public Authenticated(StoredCredential caller) {
      this(caller, Map.of());
    }

    /** Returns this result with new settings for the store. */
    public Authenticated renewing(PluginSettings settings) {
      return new Authenticated(caller, facts, Optional.of(settings));
    }
  }

  /**
   * The request presents a wrong credential.
   *
   * @param reply the reply to the client
   * @param reason the reason for the log; must not contain the presented credential
   */
  record Rejected(Reply reply, String reason) implements AuthResult {}

  /**
   * The request presents no credential.
   *
   * @param reply the reply to the client
   */
  record NoCredential(Reply reply) implements AuthResult {}
}
