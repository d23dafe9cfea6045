package dev.gatehouse.internal.request;

import dev.gatehouse.internal.engine.EarlyIdentification;
import dev.gatehouse.internal.engine.Verdict;
import dev.gatehouse.internal.runtime.FilterRuntime;
import dev.gatehouse.internal.runtime.MonotonicClock;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.Permit;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.plugin.RequestBody;
import dev.gatehouse.spi.plugin.RequestGuard;
import dev.gatehouse.spi.store.StoreException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Calls a gate and maps failures to refusals: 503 if the store could not answer, otherwise 500.
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

  /**
   * Returns the decision of the gate.
   *
   * @param path the decoded path for the decision, or null for the request's
   */
  public Verdict decide(
      FilterRuntime site,
      HttpServletRequest request,
      ApplicationScope scope,
      @Nullable String path) {
    ServletGateRequest asked = asked(site, request, scope, path);
    RequestGuard.Outcome outcome;
    try {
      boolean first = asked.isFirstDispatch() && scope.admission().routes().isEmpty();
      outcome = first ? site.gate().guard(asked) : RequestGuard.Outcome.PROCEED;
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the gate could not decide", e);
      return new Verdict.Refuse(BROKEN);
    }
    if (outcome instanceof RequestGuard.Outcome.Proceed proceed) {
      return admit(site, request, scope, asked).with(proceed);
    }
    return outcome instanceof RequestGuard.Outcome.Answer answer
        ? new Verdict.Refuse(answer.reply())
        : new Verdict.Pass();
  }

  private ServletGateRequest asked(
      FilterRuntime site,
      HttpServletRequest request,
      ApplicationScope scope,
      @Nullable String path) {
    String address = scope.state().address(site.clients(), request);
    return new ServletGateRequest(request, ticker, address, path);
  }

  private Verdict admit(
      FilterRuntime site,
      HttpServletRequest request,
      ApplicationScope scope,
      ServletGateRequest asked) {
    try {
      Verdict decided = site.gate().admit(asked, scope.admission(), scope.early());
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
   * Identifies the caller of a new request.
   *
   * @throws RuntimeException if the identification fails
   */
  public EarlyIdentification identify(
      FilterRuntime site, HttpServletRequest request, ApplicationScope scope) {
    ServletGateRequest asked = asked(site, request, scope, null);
    if (!(site.gate().guard(asked) instanceof RequestGuard.Outcome.Proceed)) {
      return new EarlyIdentification.NotAsked();
    }
    EarlyIdentification found = site.gate().identify(asked);
    RequestBody body = asked.read();
    if (body instanceof RequestBody.Whole whole) {
      new BufferedBody(whole.bytes()).storeIn(request);
    } else if (body != null) {
      return found.refusedWith(BODY_LOST, "a part of the body was read and is lost");
    }
    return found;
  }

  /**
   * Stores a body that was read for the application, and refuses a request of which a part is lost.
   */
  private static Verdict withBody(
      Verdict verdict, @Nullable RequestBody body, HttpServletRequest request) {
    if (body == null || !(verdict instanceof Verdict.Admit admitted)) {
      return verdict;
    }
    boolean kept = false;
    try {
      if (body instanceof RequestBody.Whole whole) {
        new BufferedBody(whole.bytes()).storeIn(request);
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
