package dev.gatehouse.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Which thread runs a request at the moment, and where the request came from.
 *
 * <p>A container may leave an asynchronous request behind on the thread that started it, so that
 * whoever asks by the thread, as CDI's request scope does, finds it in the middle of another
 * request. Safe for use by several threads.
 */
final class Serving {
  private static final String ATTRIBUTE = "dev.gatehouse.serving";

  private volatile @Nullable Thread thread;
  private volatile boolean begun;
  private volatile @Nullable String address;

  private Serving() {}

  /** The request's own, made by the first dispatch that asks. */
  static Serving of(ServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Serving known) {
      return known;
    }
    Serving made = new Serving();
    request.setAttribute(ATTRIBUTE, made);
    return made;
  }

  /** Whether the filter knows the request and this thread does not run it. */
  static boolean isElsewhere(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Serving known
        && known.begun
        && known.thread != Thread.currentThread();
  }

  /**
   * Where the request came from, found out once: some servers make headers of what stands behind a
   * body, and what a client writes there must not be taken for a proxy's word.
   */
  String address(ClientAddress clients, HttpServletRequest request) {
    String known = address;
    if (known == null) {
      known = clients.of(request);
      address = known;
    }
    return known;
  }

  /** This thread begins a dispatch; the answer is what {@link #end} wants. */
  @Nullable Thread begin() {
    Thread outer = thread;
    thread = Thread.currentThread();
    begun = true;
    return outer;
  }

  /** A dispatch is over, and the one around it goes on, if there is one. */
  void end(@Nullable Thread outer) {
    thread = outer;
  }
}
