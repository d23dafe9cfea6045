package dev.gatehouse.internal.request;

import dev.gatehouse.internal.engine.Verdict;
import dev.gatehouse.internal.runtime.FilterRuntime;
import dev.gatehouse.servlet.Consumers;
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
public final class Admission implements AutoCloseable {
  private final GateInvoker asking = new GateInvoker();
  private final DelayedRequests waiting = new DelayedRequests();

  /** Serves a dispatch and gives back what it holds when the request is over. */
  public void serve(FilterRuntime site, Exchange exchange) throws IOException, ServletException {
    HttpServletRequest http = exchange.request();
    HttpServletResponse answer = exchange.response();
    DispatchTracker serving = DispatchTracker.of(http);
    DispatchTracker.Turn outer =
        serving.begin(new DispatchTracker.Turn(Thread.currentThread(), answer, exchange.permits()));
    try {
      judge(site, exchange);
    } catch (RuntimeException | ServletException e) {
      RefusedException refused = RefusedException.in(e);
      if (refused == null || answer.isCommitted()) {
        throw e;
      }
      ReplyWriter.write(http, answer, refused.reply());
    } finally {
      serving.end(outer);
      exchange.permits().afterChain(http);
    }
  }

  private void judge(FilterRuntime site, Exchange exchange) throws IOException, ServletException {
    HttpServletRequest request = exchange.request();
    Verdict verdict = asking.about(site, request, Consumers.passage(request), exchange.path());
    if (verdict instanceof Verdict.Refuse refuse) {
      ReplyWriter.write(request, exchange.response(), reply(exchange, refuse.reply()));
    } else if (verdict instanceof Verdict.Admit admitted) {
      goOn(site, exchange, admitted);
    } else {
      exchange.goOn(site);
    }
  }

  /** An error keeps its status: the caller may not see the error page, and that is all. */
  private static Reply reply(Exchange exchange, Reply refusal) {
    int status = exchange.response().getStatus();
    return exchange.request().getDispatcherType() == DispatcherType.ERROR && status >= 400
        ? Reply.errorMessage(status, null)
        : refusal;
  }

  private void goOn(FilterRuntime site, Exchange exchange, Verdict.Admit admitted)
      throws IOException, ServletException {
    HttpServletRequest request = exchange.request();
    exchange.permits().add(admitted.permits());
    if (!admitted.permits().isEmpty()) {
      UpgradedConnection.expect(request);
    }
    Consumers.remember(request, admitted.passage());
    admitted.facts().forEach(request::setAttribute);
    for (Header header : admitted.headers()) {
      if (header.name().equals("Vary")) {
        exchange.response().addHeader(header.name(), header.value());
      } else {
        exchange.response().setHeader(header.name(), header.value());
      }
    }
    Delay delay = admitted.delay();
    if (delay == null || site.maxWaiting() == 0 || !mayWait(request)) {
      exchange.goOn(site);
    } else if (!waiting.hold(
        exchange.seen(site),
        exchange.response(),
        new DelayedRequests.Stay(delay.millis(), site.maxWaiting()),
        exchange.permits())) {
      ReplyWriter.write(request, exchange.response(), delay.refused());
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
