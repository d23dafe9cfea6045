package dev.gatehouse.internal.engine;

import dev.gatehouse.spi.plugin.Reply;

/**
 * What the credential plugins of a Route have found out about a request before the filters run, so
 * that they are not asked a second time.
 *
 * <p>It admits no request: {@link Gate#admit(dev.gatehouse.spi.plugin.GateRequest, Admission,
 * EarlyIdentification)} decides with it. Immutable and safe for use by several threads.
 */
public sealed interface EarlyIdentification {
  /** No Route asks for a credential. */
  record NotAsked() implements EarlyIdentification {}

  /** The caller could not be identified, as when the store is away; the filter answers 5xx. */
  record Unidentified() implements EarlyIdentification {}

  /**
   * The caller is known.
   *
   * @param route the Route whose plugins were asked
   */
  record Identified(Admission.RouteId route, Identity identity) implements EarlyIdentification {
    /** The identity of a request that was admitted before. */
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

  /** Returns the refusal of the same Route by the gate; without a Route it stays as it is. */
  default EarlyIdentification refusedWith(Reply reply, String reason) {
    if (this instanceof Identified known) {
      return new Refused(known.route(), Refusal.byGate(reply, reason));
    }
    return this instanceof Refused refused
        ? new Refused(refused.route(), Refusal.byGate(reply, reason))
        : this;
  }
}
