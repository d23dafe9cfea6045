package dev.gatehouse.spi;

/**
 * A write that was to replace what its writer had read, but something else stands there now.
 * Nothing was written.
 */
public final class StaleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates one with the text for the person who writes. */
  public StaleException(String message) {
    super(message);
  }
}
