package dev.gatehouse.spi;

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
   */
  record Authenticated(StoredCredential caller) implements AuthResult {}

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
