package dev.gatehouse.spi.store;

/**
 * The record that a write was to create, replace or remove does not meet the precondition of the
 * write. Nothing was written.
 */
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
