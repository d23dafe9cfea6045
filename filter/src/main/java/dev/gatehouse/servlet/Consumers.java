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
 * Who calls, asked of a request: works in servlets, filters, listeners and on any thread that holds
 * the request.
 *
 * <p>The answer comes from a request attribute that only the {@link ConsumerFilter} sets, so that
 * it is the same on every dispatch and wherever the request was unwrapped. It is the answer of the
 * application in which the request runs: after a forward to another context, it is the answer of
 * that application.
 */
public final class Consumers {
  /**
   * The request attribute that holds the username of the Consumer, as a text, for access logs; it
   * is read by nobody here.
   */
  public static final String USERNAME = ApplicationScope.USERNAME;

  /**
   * The request attribute in which an application says whom it has authenticated itself, for {@code
   * acl} on a Route without credential plugin: a {@code Map} with the claims or groups of that
   * user. It must be set before the {@link ConsumerFilter} runs.
   */
  public static final String EXTERNAL_USER = GateRequest.EXTERNAL_USER;

  private Consumers() {}

  /** The Consumer of a request, or empty when none was identified. */
  public static Optional<Consumer> of(ServletRequest request) {
    return Optional.ofNullable(ApplicationScope.admissionOf(request).consumer());
  }

  /** The Credential that was proved, or empty for an anonymous or unidentified Consumer. */
  public static Optional<Credential> credentialOf(ServletRequest request) {
    return Optional.ofNullable(ApplicationScope.admissionOf(request).credential());
  }

  /**
   * Whether the filter knows a request that the calling thread is not serving at the moment.
   *
   * <p>Whoever found the request by the thread, as through CDI's request scope, must ask this
   * first: a container may have left it there, in the middle of somebody else's request.
   */
  public static boolean isServedElsewhere(ServletRequest request) {
    return RequestState.isElsewhere(request);
  }

  /**
   * Returns a request as the application sees it behind the filter, or the request itself if the
   * filter has not run.
   *
   * <p>For code that gets the container's own request, as from CDI.
   */
  public static HttpServletRequest seen(HttpServletRequest request) {
    RequestState state = RequestState.find(request);
    ConsumerRequest seen = state == null ? null : state.in(request).seen();
    return seen == null ? request : seen;
  }
}
