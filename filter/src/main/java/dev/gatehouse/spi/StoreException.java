package dev.gatehouse.spi;

/** A store that could not find out; the request ends in 503, never in 401 and never let through. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates one with its cause. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
