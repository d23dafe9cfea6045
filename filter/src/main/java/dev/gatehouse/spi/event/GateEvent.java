package dev.gatehouse.spi.event;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import java.time.Instant;
import java.util.Optional;

/**
 * An event for audits: a decision of the gate, or a change over the Admin API.
 *
 * <p>Events contain no secrets. With CDI an application observes all events or one kind, for
 * example {@code void onRefusal(@Observes GateEvent.Refused event)}. An observer runs on the
 * request's thread and must be fast. Its exceptions are logged and have no other effect.
 */
public sealed interface GateEvent {

  /**
   * A request was admitted.
   *
   * @param route the Route's name
   * @param consumer the caller; empty if the Route has no credential plugin
   * @param credential empty for an anonymous Consumer
   */
  record Admitted(String route, Optional<Consumer> consumer, Optional<Credential> credential)
      implements GateEvent {}

  /**
   * A request was refused.
   *
   * @param route the Route's name, or "" if the request target was refused
   * @param plugin the name of the plugin that refused, or {@code gate}
   * @param status the status of the answer
   * @param reason the reason for logs; it is not part of the answer
   */
  record Refused(String route, String plugin, int status, String reason) implements GateEvent {}

  /**
   * A plugin in shadow mode would have refused the request. The request went on.
   *
   * @param plugin the name of the plugin
   */
  record Noticed(String route, String plugin, String reason) implements GateEvent {}

  /**
   * The gate could not decide, and the request was answered with 5xx.
   *
   * @param cause the failure
   */
  record Failed(Throwable cause) implements GateEvent {}

  /**
   * An attempt to change a record over the Admin API.
   *
   * @param who the name of the admin key, or {@link #NOBODY} for a wrong key
   * @param action the HTTP method
   * @param resource the path below the Admin API. Characters other than letters, digits and {@code
   *     _./-} are replaced by question marks
   * @param status the status of the answer
   * @param source the client's address
   * @param at the end of the attempt
   */
  record Changed(String who, String action, String resource, int status, String source, Instant at)
      implements GateEvent {
    /** The name of a caller with a wrong key. */
    public static final String NOBODY = "nobody";
  }
}
