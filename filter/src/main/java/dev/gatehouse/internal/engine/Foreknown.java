package dev.gatehouse.internal.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.spi.plugin.Reply;
import java.util.Optional;

/**
 * What the credential plugins of a Route have found out about a request that is still to be
 * admitted, so that they are not asked a second time.
 *
 * <p>It admits nobody: {@link Gate#admit(dev.gatehouse.spi.plugin.GateRequest, Passage, Foreknown)}
 * decides with it. Immutable and safe for use by several threads.
 */
public final class Foreknown {
  private final Passage.Settled at;
  private final Identification who;

  Foreknown(Passage.Settled at, Identification who) {
    this.at = at;
    this.who = who;
  }

  /** The Consumer, or empty when the Route refuses the request. */
  public Optional<Consumer> consumer() {
    return who instanceof Identification.Known known && known.caller() != null
        ? Optional.of(known.caller().consumer())
        : Optional.empty();
  }

  /** Whether there was no credential at all, neither a right nor a wrong one. */
  public boolean nothingPresented() {
    return who instanceof Identification.Unknown unknown && !unknown.presented();
  }

  /** The same Route, which refuses now. */
  public Foreknown refused(Reply reply, String reason) {
    return new Foreknown(at, new Identification.Unknown(reply, "gate", reason, true));
  }

  Passage.Settled at() {
    return at;
  }

  Identification who() {
    return who;
  }
}
