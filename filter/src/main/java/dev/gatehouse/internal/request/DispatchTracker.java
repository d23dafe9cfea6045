package dev.gatehouse.internal.request;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which thread runs a request at the moment, for which response, and where the request came from.
 *
 * <p>A container may leave an asynchronous request behind on the thread that started it, so that
 * whoever asks by the thread, as CDI's request scope does, finds it in the middle of another
 * request. Safe for use by several threads.
 */
public final class DispatchTracker {
  private static final String ATTRIBUTE = "dev.gatehouse.serving";

  private volatile @Nullable Turn turn;
  private volatile boolean begun;
  private final Map<ClientAddress, String> addresses = new ConcurrentHashMap<>(2);

  private final @Nullable String query;

  private DispatchTracker(@Nullable String query) {
    this.query = query;
  }

  /**
   * One dispatch, as one filter sees it.
   *
   * @param thread who runs it
   * @param permits what is given back when the request is over
   */
  public record Turn(Thread thread, HttpServletResponse response, RequestPermits permits) {}

  /** The request's own, made by the first dispatch that asks. */
  public static DispatchTracker of(ServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof DispatchTracker known) {
      return known;
    }
    DispatchTracker made = new DispatchTracker(query(request));
    request.setAttribute(ATTRIBUTE, made);
    return made;
  }

  private static @Nullable String query(ServletRequest request) {
    for (String attribute :
        List.of(RequestDispatcher.FORWARD_QUERY_STRING, AsyncContext.ASYNC_QUERY_STRING)) {
      if (request.getAttribute(attribute) instanceof String before) {
        return before;
      }
    }
    return request instanceof HttpServletRequest http ? http.getQueryString() : null;
  }

  /** The query that the client sent, whatever a dispatch has put in its place. */
  @Nullable String query() {
    return query;
  }

  /** Whether the filter knows the request and this thread does not run it. */
  public static boolean isElsewhere(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof DispatchTracker known
        && known.begun
        && known.now() == null;
  }

  /** The dispatch that this thread runs, or null. */
  @Nullable
  public Turn now() {
    Turn known = turn;
    return known != null && known.thread() == Thread.currentThread() ? known : null;
  }

  /**
   * Where the request came from, found out once for each set of trusted proxies: some servers make
   * headers of what stands behind a body, and what a client writes there must not be taken for a
   * proxy's word.
   */
  String address(ClientAddress clients, HttpServletRequest request) {
    String known = addresses.get(clients);
    if (known == null) {
      known = clients.of(request);
      addresses.put(clients, known);
    }
    return known;
  }

  /** This thread begins a dispatch; the answer is what {@link #end} wants. */
  @Nullable Turn begin(Turn inner) {
    Turn outer = turn;
    turn = inner;
    begun = true;
    return outer;
  }

  /** A dispatch is over, and the one around it goes on, if there is one. */
  void end(@Nullable Turn outer) {
    turn = outer;
  }
}
