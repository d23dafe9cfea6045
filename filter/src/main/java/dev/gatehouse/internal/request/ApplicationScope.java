package dev.gatehouse.internal.request;

import dev.gatehouse.internal.engine.Admission;
import dev.gatehouse.internal.engine.EarlyIdentification;
import dev.gatehouse.internal.engine.Identity;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to a request in one application: after a forward or an include to another context,
 * the caller of one application is none of the next one's business.
 */
public final class ApplicationScope {
  /** The request attribute that holds the Consumer's username, for access logs. */
  public static final String USERNAME = "dev.gatehouse.consumer";

  private final RequestState state;
  private final @Nullable ServletContext context;
  private Admission admission = Admission.NONE;
  private @Nullable EarlyIdentification early;
  private @Nullable ConsumerRequest seen;
  private boolean loggedOut;

  ApplicationScope(RequestState state, @Nullable ServletContext context) {
    this.state = state;
    this.context = context;
  }

  /** Returns that of the application in which a request runs now. */
  public static ApplicationScope of(ServletRequest request) {
    return RequestState.of(request).in(request);
  }

  /** Returns what was decided in the application in which a request runs now. */
  public static Admission admissionOf(ServletRequest request) {
    RequestState state = RequestState.find(request);
    return state == null ? Admission.NONE : state.in(request).admission;
  }

  public RequestState state() {
    return state;
  }

  /** Returns whether a context is one of this application; an application may have several. */
  boolean isOf(@Nullable ServletContext other) {
    return context == other
        || (context != null
            && other != null
            && OwnAttribute.scope(context).equals(OwnAttribute.scope(other)));
  }

  /** Returns what was decided about the request so far. */
  public Admission admission() {
    return admission;
  }

  /**
   * Returns what the application may see. While another application runs, the same is hidden, and
   * there is no caller.
   */
  Admission visibleTo(ServletRequest request) {
    return isOf(request.getServletContext()) ? admission : admission.masked();
  }

  /** Takes an admission, and sets the attributes of an identity that is new. */
  public void admit(ServletRequest request, Admission admitted) {
    Identity before = admission.identity();
    Identity identity = admitted.identity();
    admission = admitted;
    if (identity != null && !identity.equals(before)) {
      request.setAttribute(USERNAME, identity.consumer().username());
      identity.attributes().forEach(request::setAttribute);
    }
  }

  /** Returns what was found out about the caller before the filters ran, or null. */
  @Nullable
  public EarlyIdentification early() {
    return early;
  }

  public void identify(EarlyIdentification found) {
    early = found;
  }

  /** Returns the request as the application sees it, or null. */
  @Nullable
  public ConsumerRequest seen() {
    return seen;
  }

  void show(ConsumerRequest request) {
    seen = request;
  }

  /** Removes the caller: the request has no user from now on. */
  void logOut() {
    loggedOut = true;
  }

  boolean isLoggedOut() {
    return loggedOut;
  }
}
