package dev.gatehouse.internal.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.spi.event.GateListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reports decisions to the listener and the log. Neither can change a decision. */
final class GateEvents {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.gate");

  private final GateListener listener;

  GateEvents(GateListener listener) {
    this.listener = listener;
  }

  void admitted(String route, @Nullable Consumer consumer, @Nullable Credential credential) {
    if (isHeard()) {
      try {
        listener.admitted(route, consumer, credential);
      } catch (RuntimeException e) {
        warn(e);
      }
    }
  }

  void refused(String route, Refusal refusal) {
    int status = refusal.reply().status();
    if (LOG.isLoggable(System.Logger.Level.DEBUG)) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "refused by %s on %s with %d: %s"
              .formatted(refusal.plugin(), route, status, refusal.reason()));
    }
    if (isHeard()) {
      try {
        listener.refused(route, refusal.plugin(), status, refusal.reason());
      } catch (RuntimeException e) {
        warn(e);
      }
    }
  }

  void noticed(String route, String plugin, String reason) {
    LOG.log(
        System.Logger.Level.INFO,
        "not refused by %s on %s although %s".formatted(plugin, route, reason));
    if (isHeard()) {
      try {
        listener.noticed(route, plugin, reason);
      } catch (RuntimeException e) {
        warn(e);
      }
    }
  }

  /** Returns whether there is a listener, so that the clock must be read. */
  boolean isHeard() {
    return listener != GateListener.NONE;
  }

  void decided(String decision, Duration took) {
    try {
      listener.decided(decision, took);
    } catch (RuntimeException e) {
      warn(e);
    }
  }

  void failed(Throwable cause) {
    try {
      listener.failed(cause);
    } catch (RuntimeException e) {
      warn(e);
    }
  }

  private static void warn(RuntimeException failure) {
    LOG.log(System.Logger.Level.WARNING, "a GateListener failed", failure);
  }
}
