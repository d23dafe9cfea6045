package dev.gatehouse.spi.event;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A listener of decisions of the gate and of changes over the Admin API.
 *
 * <p>An application registers a listener in {@code
 * META-INF/services/dev.gatehouse.spi.event.GateListener}, or passes it to {@code FilterBuilder}.
 *
 * <p>Methods are called on the request's thread and must be fast. Arguments contain no secrets.
 * Exceptions are logged and do not change a decision. Implementations must be safe for use by
 * several threads.
 */
public interface GateListener {
  /** A listener that does nothing. */
  GateListener NONE = new GateListener() {};

  /**
   * Called after a request was admitted.
   *
   * @param credential null for an anonymous Consumer
   */
  default void admitted(
      String route, @Nullable Consumer consumer, @Nullable Credential credential) {}

  /**
   * Called after a request was refused.
   *
   * @param route the Route's name, or "" if the request target was refused
   * @param plugin the name of the plugin that refused, or {@code gate}
   */
  default void refused(String route, String plugin, int status, String reason) {}

  /**
   * Called if a plugin in shadow mode would have refused the request. The request went on.
   *
   * @param plugin the name of the plugin
   */
  default void noticed(String route, String plugin, String reason) {}

  /** Called after an attempt to change a record over the Admin API. */
  default void changed(GateEvent.Changed change) {}

  /** Called if the gate could not decide, and the request was answered with 5xx. */
  default void failed(Throwable cause) {}

  /**
   * Called after each decision about a dispatch.
   *
   * @param decision {@code admitted}, {@code refused}, {@code passed} if no Route matches, or
   *     {@code failed}
   * @param took the duration of the decision
   */
  default void decided(String decision, Duration took) {}

  /**
   * Sets how many Consumers may have a tag of their own in metrics. Called once, before all other
   * methods.
   *
   * @param most 0 or more
   */
  default void taggedConsumers(int most) {}
}
