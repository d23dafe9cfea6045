package dev.gatehouse.spi.plugin;

import java.util.List;
import java.util.Objects;

/**
 * A plugin of a Route that decides about a request before any credential is looked at, as {@code
 * cors} does.
 *
 * <p>It knows no Consumer, so it is allowed on Routes only. Implementations must be safe for use by
 * several threads.
 *
 * @param <C> the plugin's configuration; immutable
 */
public interface RequestGuard<C> extends ConsumerInterceptor<C> {
  /**
   * Decides about a request that is not authenticated yet.
   *
   * <p>It is called on the thread of the request, once for each request, on its first dispatch and
   * only if the request's target is clear. Guards are asked by priority, until one of them does not
   * proceed. A request whose method no Route serves is shown to the guards of the first Route of
   * its path; then only their headers are used. For example a guard for maintenance:
   *
   * <pre>{@code
   * return config.closed()
   *     ? new Outcome.Answer(Reply.message(503, "Back at noon"))
   *     : Outcome.PROCEED;
   * }</pre>
   *
   * @param config what {@link #configure} returned for the Route
   * @param request the request; not to be used after the call has returned
   * @return {@link Outcome.Proceed} if authentication comes next; {@link Outcome.Answer} if the
   *     request ends with a response; {@link Outcome.Release} if the application gets the request
   *     without authentication. Never null
   * @throws RuntimeException if it cannot be found out: the request is answered with 500, and the
   *     application does not run
   */
  Outcome guard(C config, GateRequest request);

  /** Returns {@link Decision#ALLOW}: a guard has decided before. */
  @Override
  default Decision check(C config, InterceptedRequest call) {
    return Decision.ALLOW;
  }

  /** What happens to a request. */
  sealed interface Outcome {
    /** Goes on with authentication, and adds nothing. */
    Proceed PROCEED = new Proceed(List.of(), List.of());

    /**
     * Goes on with authentication.
     *
     * @param admitted headers of the response if the request is admitted
     * @param refused headers of the response if it is refused, by any plugin
     */
    record Proceed(List<Header> admitted, List<Header> refused) implements Outcome {
      /** Copies both lists. */
      public Proceed {
        admitted = List.copyOf(admitted);
        refused = List.copyOf(refused);
      }
    }

    /**
     * Ends the request here.
     *
     * @param reply the response to the client
     */
    record Answer(Reply reply) implements Outcome {
      /** The reply is required. */
      public Answer {
        Objects.requireNonNull(reply, "reply");
      }
    }

    /**
     * Lets the request through to the application without authentication. A guard may release only
     * a request that cannot read or change anything, as a CORS preflight.
     */
    record Release() implements Outcome {}
  }
}
