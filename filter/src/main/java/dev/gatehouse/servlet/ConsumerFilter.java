package dev.gatehouse.servlet;

import dev.gatehouse.engine.Verdict;
import dev.gatehouse.spi.Delay;
import dev.gatehouse.spi.Header;
import dev.gatehouse.spi.RefusedException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The filter: it asks the gate, and then obeys.
 *
 * <p>It is the only place that writes a response. Whatever breaks ends in 5xx without running the
 * application: 503 when the store could not answer, 500 otherwise. It is configured by {@code
 * web.xml}, by {@code /WEB-INF/gatehouse.yaml} or by {@link #builder()}. Safe for use by several
 * threads.
 */
public final class ConsumerFilter implements Filter {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.filter");

  private final Asking asking = new Asking();
  private final WaitingRoom waiting = new WaitingRoom();
  private volatile @Nullable SiteSource source;

  /** Creates a filter that reads its configuration when the container initialises it. */
  public ConsumerFilter() {}

  ConsumerFilter(SiteSource source) {
    this.source = source;
  }

  /** Starts a filter that is configured in code. */
  public static FilterBuilder builder() {
    return new FilterBuilder();
  }

  /**
   * Takes the configuration that was read when the application started, or reads it now.
   *
   * <p>It does not throw when the configuration is wrong, because a server may then serve the
   * application without this filter: it logs every mistake, and every request ends in 500.
   */
  @Override
  public void init(FilterConfig config) {
    SiteSource early = StartUp.take(config);
    if (source != null) {
      StartUp.closeIfOpen(early);
      return;
    }
    try {
      source = early == null ? ConfiguredSite.open(config) : early;
    } catch (ServletException e) {
      LOG.log(System.Logger.Level.ERROR, "every request is refused: " + e.getMessage());
    }
  }

  /** Gives back the store and all threads; requests that wait are told that it is over. */
  @Override
  public void destroy() {
    waiting.close();
    SiteSource open = source;
    source = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    SiteSource open = source;
    if (open == null
        || !(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse answer)) {
      throw new ServletException("Gatehouse is not configured, or the request is not HTTP");
    }
    Exchange exchange = new Exchange(http, answer, chain, new Permits());
    Serving serving = Serving.of(http);
    Serving.Turn outer =
        serving.begin(new Serving.Turn(Thread.currentThread(), answer, exchange.permits()));
    try {
      serve(open.site(), exchange);
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

  /** One dispatch, and what it holds. */
  private record Exchange(
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      Permits permits) {
    void goOn(Site site) throws IOException, ServletException {
      chain.doFilter(seen(site), response);
    }

    HttpServletRequest seen(Site site) {
      HttpServletRequest replayed = BufferedBody.replayed(request);
      return ConsumerRequest.isAround(replayed)
          ? replayed
          : new ConsumerRequest(replayed, response, site.roles());
    }
  }

  private void serve(Site site, Exchange exchange) throws IOException, ServletException {
    if (exchange.request().getDispatcherType() == DispatcherType.ERROR) {
      exchange.goOn(site);
      return;
    }
    Verdict verdict = asking.about(site, exchange.request(), Consumers.passage(exchange.request()));
    if (verdict instanceof Verdict.Refuse refuse) {
      ReplyWriter.write(exchange.request(), exchange.response(), refuse.reply());
    } else if (verdict instanceof Verdict.Admit admitted) {
      goOn(site, exchange, admitted);
    } else {
      exchange.goOn(site);
    }
  }

  private void goOn(Site site, Exchange exchange, Verdict.Admit admitted)
      throws IOException, ServletException {
    HttpServletRequest request = exchange.request();
    exchange.permits().add(admitted.permits());
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
    if (delay == null || site.maxWaiting() == 0 || !request.isAsyncSupported()) {
      exchange.goOn(site);
    } else if (!waiting.hold(
        exchange.seen(site),
        exchange.response(),
        new WaitingRoom.Stay(delay.millis(), site.maxWaiting()),
        exchange.permits())) {
      ReplyWriter.write(request, exchange.response(), delay.refused());
    }
  }
}
