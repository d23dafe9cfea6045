package dev.gatehouse.internal.request;

import dev.gatehouse.internal.engine.Verdict;
import dev.gatehouse.internal.runtime.FilterRuntime;
import dev.gatehouse.spi.plugin.Delay;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.RefusedException;
import dev.gatehouse.spi.plugin.Reply;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Calls a gate for every dispatch of a request, and runs the chain or writes the refusal.
 *
 * <p>Safe for use by several threads.
 */
public final class VerdictEnforcer implements AutoCloseable {
  private final GateInvoker invoker = new GateInvoker();
  private final DelayedRequests waiting = new DelayedRequests();

  /** Handles a dispatch and releases its permits when the request is complete. */
  public void serve(FilterRuntime site, Dispatch dispatch) throws IOException, ServletException {
    HttpServletRequest http = dispatch.request();
    HttpServletResponse answer = dispatch.response();
    RequestState state = RequestState.of(http);
    Dispatch outer = state.begin(dispatch);
    try {
      enforce(site, dispatch, state.in(http));
    } catch (RuntimeException | ServletException e) {
      RefusedException refused = RefusedException.in(e);
      if (refused == null || answer.isCommitted()) {
        throw e;
      }
      ReplyWriter.write(http, answer, refused.reply());
    } finally {
      state.end(outer);
      dispatch.permits().afterChain(http);
    }
  }

  private void enforce(FilterRuntime site, Dispatch dispatch, ApplicationScope scope)
      throws IOException, ServletException {
    HttpServletRequest request = dispatch.request();
    Verdict verdict = invoker.decide(site, request, scope, dispatch.path());
    if (verdict instanceof Verdict.Refuse refuse) {
      ReplyWriter.write(request, dispatch.response(), reply(dispatch, refuse.reply()));
    } else if (verdict instanceof Verdict.Admit admitted) {
      admit(site, dispatch, scope, admitted);
    } else {
      dispatch.proceed(site, scope);
    }
  }

  /** A refused error page has the status of the error. */
  private static Reply reply(Dispatch dispatch, Reply refusal) {
    int status = dispatch.response().getStatus();
    return dispatch.request().getDispatcherType() == DispatcherType.ERROR && status >= 400
        ? Reply.errorMessage(status, null)
        : refusal;
  }

  private void admit(
      FilterRuntime site, Dispatch dispatch, ApplicationScope scope, Verdict.Admit admitted)
      throws IOException, ServletException {
    HttpServletRequest request = dispatch.request();
    dispatch.permits().add(admitted.permits());
    if (!admitted.permits().isEmpty()) {
      UpgradedConnection.expect(request);
    }
    scope.admit(request, admitted.admission());
    for (Header header : admitted.headers()) {
      if (header.name().equals("Vary")) {
        dispatch.response().addHeader(header.name(), header.value());
      } else {
        dispatch.response().setHeader(header.name(), header.value());
      }
    }
    Delay delay = admitted.delay();
    if (delay == null || site.maxWaiting() == 0 || !mayWait(request)) {
      dispatch.proceed(site, scope);
    } else if (!waiting.hold(
        dispatch.seen(site, scope),
        dispatch.response(),
        new DelayedRequests.Stay(delay.millis(), site.maxWaiting()),
        dispatch.permits())) {
      ReplyWriter.write(request, dispatch.response(), delay.refused());
    }
  }

  /**
   * Returns whether a dispatch may be delayed. A delayed request restarts at its servlet, so only
   * REQUEST dispatches may.
   */
  private static boolean mayWait(HttpServletRequest request) {
    return request.isAsyncSupported() && request.getDispatcherType() == DispatcherType.REQUEST;
  }

  /** Ends all delays. */
  @Override
  public void close() {
    waiting.close();
  }
}
