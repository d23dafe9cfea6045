package dev.gatehouse.internal.request;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state of a request, in one request attribute: the running dispatch, the client's query, the
 * client's address, and the scope of each application.
 *
 * <p>One thread at a time runs the filters of a request, and the container passes the request
 * safely between threads, so most fields need no lock. A container may leave an asynchronous
 * request on the thread that started it, so that CDI's request scope finds it during another
 * request; {@link #isElsewhere} detects this on any thread, because a thread never sees its own
 * dispatch after its end.
 */
public final class RequestState {
  /** Unique, because applications that load this class twice must not see each other's objects. */
  private static final String ATTRIBUTE = "dev.gatehouse.request." + UUID.randomUUID();

  private final @Nullable String query;
  private final ApplicationScope first;
  private @Nullable List<ApplicationScope> others;
  private @Nullable Dispatch dispatch;
  private boolean begun;
  private @Nullable ClientAddress clients;
  private String address = "";
  private @Nullable Map<ClientAddress, String> addresses;

  private RequestState(ServletRequest request) {
    this.query = query(request);
    this.first = new ApplicationScope(this, request.getServletContext());
  }

  /** Returns the state of a request. The first call creates it. */
  static RequestState of(ServletRequest request) {
    RequestState known = find(request);
    if (known != null) {
      return known;
    }
    RequestState state = new RequestState(request);
    request.setAttribute(ATTRIBUTE, state);
    return state;
  }

  /** Returns the state of a request, or null if no filter has handled it. */
  public static @Nullable RequestState find(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof RequestState known ? known : null;
  }

  /** Returns whether a filter has handled the request and another thread runs it. */
  public static boolean isElsewhere(ServletRequest request) {
    RequestState known = find(request);
    return known != null && known.begun && known.current() == null;
  }

  /** Returns the scope of the application in which a request runs now. */
  public ApplicationScope in(ServletRequest request) {
    ServletContext context = request.getServletContext();
    return first.isOf(context) ? first : other(context);
  }

  private synchronized ApplicationScope other(@Nullable ServletContext context) {
    if (others == null) {
      others = new ArrayList<>(1);
    }
    for (ApplicationScope each : others) {
      if (each.isOf(context)) {
        return each;
      }
    }
    ApplicationScope scope = new ApplicationScope(this, context);
    others.add(scope);
    return scope;
  }

  private static @Nullable String query(ServletRequest request) {
    if (request.getAttribute(RequestDispatcher.FORWARD_QUERY_STRING) instanceof String before) {
      return before;
    }
    if (request.getAttribute(AsyncContext.ASYNC_QUERY_STRING) instanceof String before) {
      return before;
    }
    return request instanceof HttpServletRequest http ? http.getQueryString() : null;
  }

  /** Returns the client's query, even if a dispatch has replaced it. */
  @Nullable String query() {
    return query;
  }

  /** Returns the dispatch that the calling thread runs, or null. */
  @Nullable
  public Dispatch current() {
    Dispatch known = dispatch;
    return known != null && known.isRunBy(Thread.currentThread()) ? known : null;
  }

  /**
   * Returns the client's address. It is determined once for each set of trusted proxies, because
   * some servers add trailers to the headers, which must not count as a proxy's.
   */
  String address(ClientAddress wanted, HttpServletRequest request) {
    if (clients == null) {
      address = wanted.of(request);
      clients = wanted;
    }
    return clients.equals(wanted) ? address : further(wanted, request);
  }

  private synchronized String further(ClientAddress wanted, HttpServletRequest request) {
    if (addresses == null) {
      addresses = new HashMap<>();
    }
    return addresses.computeIfAbsent(wanted, proxies -> proxies.of(request));
  }

  /** Begins a dispatch on the calling thread. Returns the argument for {@link #end}. */
  @Nullable Dispatch begin(Dispatch inner) {
    Dispatch outer = dispatch;
    dispatch = inner;
    begun = true;
    return outer;
  }

  /** Ends a dispatch. An outer dispatch continues. */
  void end(@Nullable Dispatch outer) {
    dispatch = outer;
  }
}
