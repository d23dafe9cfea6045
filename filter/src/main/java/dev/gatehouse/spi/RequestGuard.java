package dev.gatehouse.spi;

import java.util.List;

/**
 * A plugin of a Route that is asked about a request before any credential is looked at, as {@code
 * cors} is.
 *
 * <p>It is asked once per request, on its first dispatch, when the request target is clear. It
 * knows no Consumer, so it is allowed on Routes only. Implementations are safe for use by several
 * threads.
 *
 * @param <C> the plugin's configuration
 */
public interface RequestGuard<C> extends ConsumerInterceptor<C> {
  /** Decides what happens to the request. */
  Outcome guard(C config, GateRequest request);

  @Override
  default Decision check(C config, Call call) {
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
     * @param refused headers of the response if it is refused, by whichever plugin
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
     * @param reply what the client gets
     */
    record Answer(Reply reply) implements Outcome {}

    /**
     * Lets the request through to the application without a caller. Only a request that cannot ask
     * for anything may be released.
     */
    record Release() implements Outcome {}
  }
}
