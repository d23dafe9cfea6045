package dev.gatehouse.internal.engine;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.spi.event.GateListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells the listener and the log, and lets neither change a decision. */
final class Told {
  private static final System.Logger LOG = System.getLogger("dev.gatehouse.gate");

  private final GateListener listener;

  Told(GateListener listener) {
    this.listener = listener;
  }

  void admitted(String route, @Nullable Consumer consumer, @Nullable Credential credential) {
    if (listener != GateListener.NONE) {
      quietly(() -> listener.admitted(route, consumer, credential));
    }
  }

  void refused(String route, String plugin, int status, String reason) {
    if (LOG.isLoggable(System.Logger.Level.DEBUG)) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "refused by %s on %s with %d: %s".formatted(plugin, route, status, reason));
    }
    if (listener != GateListener.NONE) {
      quietly(() -> listener.refused(route, plugin, status, reason));
    }
  }

  void noticed(String route, String plugin, String reason) {
    LOG.log(
        System.Logger.Level.INFO,
        "not refused by %s on %s although %s".formatted(plugin, route, reason));
    if (listener != GateListener.NONE) {
      quietly(() -> listener.noticed(route, plugin, reason));
    }
  }

  /** Whether it is worth to look at the clock. */
  boolean isHeard() {
    return listener != GateListener.NONE;
  }

  void decided(String decision, Duration took) {
    quietly(() -> listener.decided(decision, took));
  }

  void failed(Throwable cause) {
    quietly(() -> listener.failed(cause));
  }

  private static void quietly(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "a GateListener failed", e);
    }
  }
}
