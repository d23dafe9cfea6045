package dev.gatehouse.spi.plugin;

import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a credential plugin found out about a request.
 *
 * <p>"Could not find out" is not here: that is an exception.
 */
public sealed interface AuthResult {
  /**
   * The caller has proved who it is.
   *
   * @param caller the Credential that was proved, with its Consumer
   * @param facts what else was found out, by the name of the request attribute under which the
   *     application finds it, as the claims of a token; usually none
   * @param renewed what the store should keep for the plugin from now on, as a better hash of the
   *     same password; empty when all is well
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

    /** With facts, and nothing to renew. */
    public Authenticated(StoredCredential caller, Map<String, Object> facts) {
      this(caller, facts, Optional.empty());
    }

    /** Without further facts. */
    public Authenticated(StoredCredential caller) {
      this(caller, Map.of());
    }

    /** The same, and what the store should keep from now on. */
    public Authenticated renewing(PluginSettings settings) {
      return new Authenticated(caller, facts, Optional.of(settings));
    }
  }

  /**
   * Something was presented and is wrong.
   *
   * @param reply what the client is told
   * @param reason what the log is told; never holds what was presented
   */
  record Rejected(Reply reply, String reason) implements AuthResult {}

  /**
   * Nothing was presented.
   *
   * @param reply what the client is told
   */
  record NoCredential(Reply reply) implements AuthResult {}
}
