package dev.gatehouse.spi.store;

/**
 * A store, or an engine of limits, could not answer.
 *
 * <p>A request that needed the answer ends with 503: it is neither refused with 401 nor let
 * through.
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
