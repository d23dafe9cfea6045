package dev.gatehouse.spi.plugin;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a call inside the application is refused, such as that of an annotated method. The
 * filter writes the reply unless the application handles the exception.
 *
 * <p>It has no stack trace.
 */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_DEPTH = 16;

  private final transient Reply reply;

  /**
   * Creates an exception.
   *
   * @param place the refused method, for the log
   */
  public RefusedException(String place, Reply reply) {
    super(place + " refuses the caller: " + reply.status(), null, false, false);
    this.reply = reply;
  }

  /** Returns the reply. */
  public Reply reply() {
    return reply;
  }

  /**
   * Returns the first refusal among an exception and its causes, or null. Containers wrap
   * exceptions.
   */
  public static @Nullable RefusedException in(Throwable thrown) {
    Throwable each = thrown;
    for (int i = 0; i < MAX_DEPTH && each != null; i++) {
      if (each instanceof RefusedException refused) {
        return refused;
      }
      each = each.getCause();
    }
    return null;
  }
}
