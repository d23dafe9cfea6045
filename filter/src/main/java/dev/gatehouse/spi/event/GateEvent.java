package dev.gatehouse.spi.event;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that an audit tells: a decision of the gate, or a change of what is stored.
 *
 * <p>It never holds a secret. With CDI an application observes it or one of its kinds, as in {@code
 * void heard(@Observes GateEvent.Refused event)}; the observer is called on the request's thread
 * and must be quick, and what it throws changes nothing.
 */
public sealed interface GateEvent {

  /**
   * A request was admitted.
   *
   * @param route the Route's name
   * @param consumer who calls; empty if the Route asks nobody
   * @param credential empty for an anonymous Consumer
   */
  record Admitted(String route, Optional<Consumer> consumer, Optional<Credential> credential)
      implements GateEvent {}

  /**
   * A request was refused.
   *
   * @param route the Route's name, or "" when the target itself was refused
   * @param plugin the plugin that refused, or {@code gate}
   * @param status of the answer
   * @param reason for people; not in the answer
   */
  record Refused(String route, String plugin, int status, String reason) implements GateEvent {}

  /**
   * A plugin that does not enforce its rule would have refused a request, which went on.
   *
   * @param plugin the plugin that noticed
   */
  record Noticed(String route, String plugin, String reason) implements GateEvent {}

  /**
   * The gate could not decide; the request ended in 5xx.
   *
   * @param cause what broke
   */
  record Failed(Throwable cause) implements GateEvent {}

  /**
   * Somebody changed something over the Admin API, or tried to.
   *
   * @param who the name of the key, or {@link #NOBODY} if it was a wrong one
   * @param action the method of HTTP
   * @param resource the path behind that of the Admin API, other characters than letters, digits
   *     and {@code _./-} as question marks
   * @param status of the answer
   * @param source the address of the peer
   * @param at when it had been done
   */
  record Changed(String who, String action, String resource, int status, String source, Instant at)
      implements GateEvent {
    /** Who showed a wrong key. */
    public static final String NOBODY = "nobody";
  }
}
