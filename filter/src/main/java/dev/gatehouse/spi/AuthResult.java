package dev.gatehouse.spi;

import java.util.Map;
import java.util.Objects;

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
   */
  record Authenticated(StoredCredential caller, Map<String, Object> facts) implements AuthResult {
    /** Copies the facts. */
    public Authenticated {
      Objects.requireNonNull(caller, "caller");
      facts = Map.copyOf(facts);
    }

    /** Without further facts. */
    public Authenticated(StoredCredential caller) {
      this(caller, Map.of());
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
