package dev.gatehouse.spi.plugin;

import org.jspecify.annotations.Nullable;

/**
 * A call inside the application was refused, as that of an annotated method; the filter writes the
 * reply unless the application does something else with it.
 *
 * <p>It has no stack trace, since it is an answer and no fault.
 */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_DEPTH = 16;

  private final transient Reply reply;

  /**
   * A refusal.
   *
   * @param place what was called, for the log
   */
  public RefusedException(String place, Reply reply) {
    super(place + " refuses the caller: " + reply.status(), null, false, false);
    this.reply = reply;
  }

  /** What the caller is told. */
  public Reply reply() {
    return reply;
  }

  /**
   * The refusal among an exception and its causes, since containers wrap what is thrown; or null.
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
