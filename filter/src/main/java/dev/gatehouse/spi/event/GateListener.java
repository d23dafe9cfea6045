package dev.gatehouse.spi.event;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Hears what the gate decides, and what is changed over the Admin API.
 *
 * <p>An application names its own in {@code
 * META-INF/services/dev.gatehouse.spi.event.GateListener}, or gives them to the filter that it
 * builds.
 *
 * <p>It is called on the request's thread, must be quick, and never receives a secret. What it
 * throws is logged and changes no decision. Implementations are safe for use by several threads.
 */
public interface GateListener {
  /** Hears nothing. */
  GateListener NONE = new GateListener() {};

  /**
   * A request was admitted.
   *
   * @param credential null for an anonymous Consumer
   */
  default void admitted(
      String route, @Nullable Consumer consumer, @Nullable Credential credential) {}

  /**
   * A request was refused.
   *
   * @param route the Route, or "" when the target itself was refused
   * @param plugin the plugin that refused, or {@code gate}
   */
  default void refused(String route, String plugin, int status, String reason) {}

  /**
   * A plugin that does not enforce its rule would have refused a request, which went on.
   *
   * @param plugin the plugin that noticed
   */
  default void noticed(String route, String plugin, String reason) {}

  /** Somebody changed something over the Admin API, or tried to. */
  default void changed(GateEvent.Changed change) {}

  /** The gate could not decide; the request ended in 5xx. */
  default void failed(Throwable cause) {}

  /**
   * The gate has decided about a dispatch, however it did.
   *
   * @param decision {@code admitted}, {@code refused}, {@code passed} where no Route holds, or
   *     {@code failed}
   * @param took how long it took to decide
   */
  default void decided(String decision, Duration took) {}

  /**
   * How many Consumers may be told apart by name in measurements; told once, before all else.
   *
   * @param most 0 or more
   */
  default void taggedConsumers(int most) {}
}
