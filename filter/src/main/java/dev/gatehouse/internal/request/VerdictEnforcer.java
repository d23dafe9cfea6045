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
 * Asks a gate about every dispatch of a request, and lets the dispatch go on or writes the refusal.
 *
 * <p>Safe for use by several threads.
 */
public final class VerdictEnforcer implements AutoCloseable {
  private final GateInvoker invoker = new GateInvoker();
  private final DelayedRequests waiting = new DelayedRequests();

  /** Serves a dispatch and gives back what it holds when the request is over. */
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

  /** An error keeps its status: the caller may not see the error page, and that is all. */
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

  /** What has waited begins again with the servlet of the request, so only a request may wait. */
  private static boolean mayWait(HttpServletRequest request) {
    return request.isAsyncSupported() && request.getDispatcherType() == DispatcherType.REQUEST;
  }

  /** Ends the wait of all requests that wait. */
  @Override
  public void close() {
    waiting.close();
  }
}
