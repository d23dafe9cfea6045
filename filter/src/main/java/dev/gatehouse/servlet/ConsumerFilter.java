package dev.gatehouse.servlet;

import dev.gatehouse.engine.Passage;
import dev.gatehouse.engine.Verdict;
import dev.gatehouse.spi.Body;
import dev.gatehouse.spi.Delay;
import dev.gatehouse.spi.Header;
import dev.gatehouse.spi.Permit;
import dev.gatehouse.spi.Reply;
import dev.gatehouse.spi.StoreException;
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
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private static final Reply STORE_AWAY =
      Reply.message(503, "Service temporarily unavailable")
          .with(List.of(new Header("Retry-After", "5")));
  private static final Reply BROKEN = Reply.message(500, "Internal error");

  private static final Reply BODY_LOST = Reply.message(413, "Request body is too large");

  private final InstantSource ticker = new MonotonicClock();
  private final AtomicBoolean storeAway = new AtomicBoolean();
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
    Serving serving = Serving.of(http);
    Thread outer = serving.begin();
    try {
      serve(open.site(), http, answer, chain);
    } finally {
      serving.end(outer);
    }
  }

  private void serve(
      Site site, HttpServletRequest http, HttpServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    Passage passage = Consumers.passage(http);
    if (http.getDispatcherType() == DispatcherType.ERROR) {
      chain.doFilter(seen(site, http, answer, passage), answer);
      return;
    }
    Verdict verdict = admit(site, http, passage);
    if (verdict instanceof Verdict.Refuse refuse) {
      ReplyWriter.write(http, answer, refuse.reply());
    } else if (verdict instanceof Verdict.Admit admitted) {
      goOn(site, http, answer, chain, admitted);
    } else {
      chain.doFilter(seen(site, http, answer, passage), answer);
    }
  }

  private void goOn(
      Site site,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain,
      Verdict.Admit admitted)
      throws IOException, ServletException {
    Permits permits = new Permits(admitted.permits());
    Delay delay = admitted.delay();
    try {
      Consumers.remember(request, admitted.passage());
      admitted.facts().forEach(request::setAttribute);
      for (Header header : admitted.headers()) {
        response.setHeader(header.name(), header.value());
      }
      HttpServletRequest seen = seen(site, request, response, admitted.passage());
      if (delay == null || site.maxWaiting() == 0 || !request.isAsyncSupported()) {
        chain.doFilter(seen, response);
      } else if (!waiting.hold(
          seen, response, new WaitingRoom.Stay(delay.millis(), site.maxWaiting()), permits)) {
        ReplyWriter.write(request, response, delay.refused());
      }
    } finally {
      permits.afterChain(request);
    }
  }

  private Verdict admit(Site site, HttpServletRequest request, Passage passage) {
    ServletGateRequest asked = new ServletGateRequest(request, ticker, site.clients());
    try {
      Verdict verdict = withBody(site.gate().admit(asked, passage), asked.read(), request);
      if (storeAway.get() && verdict instanceof Verdict.Admit) {
        storeAway.set(false);
        LOG.log(System.Logger.Level.INFO, "the store answers again");
      }
      return verdict;
    } catch (StoreException e) {
      boolean first = storeAway.compareAndSet(false, true);
      LOG.log(first ? System.Logger.Level.ERROR : System.Logger.Level.DEBUG, "store away", e);
      return new Verdict.Refuse(STORE_AWAY);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the gate could not decide", e);
      return new Verdict.Refuse(BROKEN);
    }
  }

  /**
   * Keeps a body that was read for the application, and lets no request through of which a part was
   * read and is lost.
   */
  private static Verdict withBody(
      Verdict verdict, @Nullable Body body, HttpServletRequest request) {
    if (body == null || !(verdict instanceof Verdict.Admit admitted)) {
      return verdict;
    }
    if (body instanceof Body.Whole whole) {
      new BufferedBody(whole.bytes()).keepIn(request);
      return verdict;
    }
    admitted.permits().forEach(Permit::release);
    return new Verdict.Refuse(BODY_LOST);
  }

  private static HttpServletRequest seen(
      Site site, HttpServletRequest request, HttpServletResponse response, Passage passage) {
    HttpServletRequest replayed = BufferedBody.replayed(request);
    return ConsumerRequest.shows(replayed, passage)
        ? replayed
        : new ConsumerRequest(replayed, response, passage, site.roles());
  }
}
