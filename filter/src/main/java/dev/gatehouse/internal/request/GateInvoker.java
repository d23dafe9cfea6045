package dev.gatehouse.internal.request;

import dev.gatehouse.internal.engine.Foreknown;
import dev.gatehouse.internal.engine.Passage;
import dev.gatehouse.internal.engine.Verdict;
import dev.gatehouse.internal.runtime.ContainerLogin;
import dev.gatehouse.internal.runtime.FilterRuntime;
import dev.gatehouse.internal.runtime.MonotonicClock;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.Permit;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.plugin.RequestBody;
import dev.gatehouse.spi.plugin.RequestGuard;
import dev.gatehouse.spi.store.StoreException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Asks a gate about a request. Whatever breaks is a refusal: 503 when the store could not answer,
 * 500 otherwise.
 *
 * <p>Safe for use by several threads.
 */
public final class GateInvoker {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.filter");
  private static final Reply STORE_AWAY =
      Reply.message(503, "Service temporarily unavailable")
          .with(List.of(new Header("Retry-After", "5")));
  private static final Reply BROKEN = Reply.message(500, "Internal error");
  private static final Reply BODY_LOST = Reply.message(413, "Request body is too large");

  private final InstantSource ticker = new MonotonicClock();
  private final AtomicBoolean storeAway = new AtomicBoolean();

  /** What the gate decides. */
  public Verdict about(FilterRuntime site, HttpServletRequest request, Passage passage) {
    return about(site, request, passage, null);
  }

  /**
   * What the gate decides.
   *
   * @param path the path by which it decides, or null for the request's own
   */
  Verdict about(
      FilterRuntime site, HttpServletRequest request, Passage passage, @Nullable String path) {
    ServletGateRequest asked = new ServletGateRequest(request, ticker, site.clients(), path);
    RequestGuard.Outcome outcome;
    try {
      boolean first =
          request.getDispatcherType() == DispatcherType.REQUEST && passage.settled().isEmpty();
      outcome = first ? site.gate().guard(asked) : RequestGuard.Outcome.PROCEED;
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the gate could not decide", e);
      return new Verdict.Refuse(BROKEN);
    }
    if (outcome instanceof RequestGuard.Outcome.Proceed proceed) {
      return decide(site, request, passage, asked).with(proceed);
    }
    return outcome instanceof RequestGuard.Outcome.Answer answer
        ? new Verdict.Refuse(answer.reply())
        : new Verdict.Pass();
  }

  private Verdict decide(
      FilterRuntime site, HttpServletRequest request, Passage passage, ServletGateRequest asked) {
    try {
      Verdict decided = site.gate().admit(asked, passage, ContainerLogin.foreknown(request));
      Verdict verdict = withBody(decided, asked.read(), request);
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
   * Who sends a request that was not decided about yet, or null when no Route asks.
   *
   * @throws RuntimeException if that could not be found out
   */
  @Nullable
  public Foreknown whoSends(FilterRuntime site, HttpServletRequest request) {
    ServletGateRequest asked = new ServletGateRequest(request, ticker, site.clients(), null);
    if (!(site.gate().guard(asked) instanceof RequestGuard.Outcome.Proceed)) {
      return null;
    }
    Foreknown found = site.gate().identify(asked);
    RequestBody body = asked.read();
    if (body instanceof RequestBody.Whole whole) {
      new BufferedBody(whole.bytes()).keepIn(request);
    } else if (body != null && found != null) {
      return found.refused(BODY_LOST, "a part of the body was read and is lost");
    }
    return found;
  }

  /**
   * Keeps a body that was read for the application, and lets no request through of which a part was
   * read and is lost.
   */
  private static Verdict withBody(
      Verdict verdict, @Nullable RequestBody body, HttpServletRequest request) {
    if (body == null || !(verdict instanceof Verdict.Admit admitted)) {
      return verdict;
    }
    boolean kept = false;
    try {
      if (body instanceof RequestBody.Whole whole) {
        new BufferedBody(whole.bytes()).keepIn(request);
        kept = true;
        return verdict;
      }
      return new Verdict.Refuse(BODY_LOST);
    } finally {
      if (!kept) {
        admitted.permits().forEach(Permit::release);
      }
    }
  }
}
