package dev.gatehouse.spi.store;

/**
 * Thrown if a store or a cluster engine could not answer.
 *
 * <p>The request is answered with 503: it is neither refused with 401 nor admitted.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception for a call that was not made, or that failed without a cause.
   *
   * @param message for the log; never contains a secret
   */
  public StoreException(String message) {
    super(message);
  }

  /**
   * Creates an exception with its cause.
   *
   * @param message for the log; never contains a secret
   * @param cause what failed
   */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
