package dev.gatehouse.internal.request;

import dev.gatehouse.internal.engine.Admission;
import dev.gatehouse.internal.engine.EarlyIdentification;
import dev.gatehouse.internal.engine.Identity;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The state of a request in one application. After a forward or an include to another context, the
 * other application does not see the caller.
 */
public final class ApplicationScope {
  /** The request attribute with the Consumer's username, for access logs. */
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

  /** Returns the scope of the application in which a request runs now. */
  public static ApplicationScope of(ServletRequest request) {
    return RequestState.of(request).in(request);
  }

  /** Returns the admission in the application in which a request runs now. */
  public static Admission admissionOf(ServletRequest request) {
    RequestState state = RequestState.find(request);
    return state == null ? Admission.NONE : state.in(request).admission;
  }

  public RequestState state() {
    return state;
  }

  /** Returns whether a context belongs to this application, which may have several. */
  boolean isOf(@Nullable ServletContext other) {
    return context == other
        || (context != null
            && other != null
            && OwnAttribute.scope(context).equals(OwnAttribute.scope(other)));
  }

  /** Returns the admission. */
  public Admission admission() {
    return admission;
  }

  /**
   * Returns the admission that the application may see. While another application runs, it has the
   * same hidden names and no caller.
   */
  Admission visibleTo(ServletRequest request) {
    return isOf(request.getServletContext()) ? admission : admission.masked();
  }

  /** Sets the admission, and the request attributes of a new identity. */
  public void admit(ServletRequest request, Admission admitted) {
    Identity before = admission.identity();
    Identity identity = admitted.identity();
    admission = admitted;
    if (identity != null && !identity.equals(before)) {
      request.setAttribute(USERNAME, identity.consumer().username());
      identity.attributes().forEach(request::setAttribute);
    }
  }

  /** Returns the identification before the filters, or null. */
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

  /** Removes the caller, so that the request has no user. */
  void logOut() {
    loggedOut = true;
  }

  boolean isLoggedOut() {
    return loggedOut;
  }
}
