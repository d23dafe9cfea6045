package dev.gatehouse.servlet;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.internal.request.ApplicationScope;
import dev.gatehouse.internal.request.ConsumerRequest;
import dev.gatehouse.internal.request.RequestState;
import dev.gatehouse.spi.plugin.GateRequest;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * The caller of a request, for servlets, filters, listeners and any thread that has the request.
 *
 * <p>The caller is stored in a request attribute that only the {@link ConsumerFilter} sets, so that
 * it is the same on every dispatch and for unwrapped requests. It is the caller in the application
 * in which the request runs: after a forward to another context, that application has its own.
 */
public final class Consumers {
  /**
   * The request attribute with the Consumer's username, a text, for access logs. Gatehouse does not
   * read it.
   */
  public static final String USERNAME = ApplicationScope.USERNAME;

  /**
   * The request attribute for a user that the application has authenticated itself, for {@code acl}
   * on a Route without credential plugin: a {@code Map} with the claims or groups of the user. It
   * must be set before the {@link ConsumerFilter} runs.
   */
  public static final String EXTERNAL_USER = GateRequest.EXTERNAL_USER;

  private Consumers() {}

  /** Returns the Consumer of a request, or empty if there is none. */
  public static Optional<Consumer> of(ServletRequest request) {
    return Optional.ofNullable(ApplicationScope.admissionOf(request).consumer());
  }

  /**
   * Returns the proved Credential of a request, or empty if there is none or the Consumer is
   * anonymous.
   */
  public static Optional<Credential> credentialOf(ServletRequest request) {
    return Optional.ofNullable(ApplicationScope.admissionOf(request).credential());
  }

  /**
   * Returns whether a filter has handled the request and another thread runs it.
   *
   * <p>Code that finds the request by the thread, for example by CDI's request scope, must check
   * this first: a container may have left it there during another request.
   */
  public static boolean isServedElsewhere(ServletRequest request) {
    return RequestState.isElsewhere(request);
  }

  /**
   * Returns the request as the application sees it behind the filter, or the argument if the filter
   * has not run.
   *
   * <p>For code that gets the container's own request, for example from CDI.
   */
  public static HttpServletRequest seen(HttpServletRequest request) {
    RequestState state = RequestState.find(request);
    ConsumerRequest seen = state == null ? null : state.in(request).seen();
    return seen == null ? request : seen;
  }
}
