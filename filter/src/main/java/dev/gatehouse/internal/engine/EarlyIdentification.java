package dev.gatehouse.internal.engine;

import dev.gatehouse.spi.plugin.Reply;

/**
 * The result of an identification before the filters run, so that credentials are verified once.
 *
 * <p>It does not admit a request: {@link Gate#admit(dev.gatehouse.spi.plugin.GateRequest,
 * Admission, EarlyIdentification)} decides with it. Immutable and safe for use by several threads.
 */
public sealed interface EarlyIdentification {
  /** No Route requires a credential. */
  record NotAsked() implements EarlyIdentification {}

  /** The identification failed, for example because the store is down. The filter answers 5xx. */
  record Unidentified() implements EarlyIdentification {}

  /**
   * The caller is identified.
   *
   * @param route the Route whose plugins were asked
   */
  record Identified(Admission.RouteId route, Identity identity) implements EarlyIdentification {
    /** Creates a result for a request that was admitted before. */
    public Identified(Identity identity) {
      this(new Admission.RouteId(), identity);
    }
  }

  /**
   * The Route refuses the request.
   *
   * @param route the Route whose plugins were asked
   */
  record Refused(Admission.RouteId route, Refusal refusal) implements EarlyIdentification {}

  /** Returns a refusal of the same Route by the gate, or this result without a Route. */
  default EarlyIdentification refusedWith(Reply reply, String reason) {
    if (this instanceof Identified known) {
      return new Refused(known.route(), Refusal.byGate(reply, reason));
    }
    return this instanceof Refused refused
        ? new Refused(refused.route(), Refusal.byGate(reply, reason))
        : this;
  }
}
