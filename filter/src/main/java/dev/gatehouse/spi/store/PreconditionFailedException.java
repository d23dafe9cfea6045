package dev.gatehouse.spi.store;

/** Thrown if the record of a write does not meet the precondition. Nothing was written. */
public final class PreconditionFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message for the client that writes; never contains a secret
   */
  public PreconditionFailedException(String message) {
    super(message);
  }
}
