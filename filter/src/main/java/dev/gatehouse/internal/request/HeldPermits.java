package dev.gatehouse.internal.request;

import dev.gatehouse.spi.plugin.Permit;
import java.util.ArrayList;
import java.util.List;

/** The permits that a connection holds until it closes. Safe for use by several threads. */
final class HeldPermits {
  private final List<Permit> permits = new ArrayList<>();
  private boolean connected;
  private boolean closed;

  /** Records a connection whose end will be reported. */
  synchronized void connect() {
    connected = true;
  }

  synchronized boolean isConnected() {
    return connected;
  }

  /** Adds a permit. It is released at once if the connection is closed. */
  void hold(Permit permit) {
    synchronized (this) {
      if (!closed) {
        permits.add(permit);
        return;
      }
    }
    permit.release();
  }

  /** Releases all permits. */
  void close() {
    List<Permit> held;
    synchronized (this) {
      closed = true;
      held = List.copyOf(permits);
      permits.clear();
    }
    held.forEach(Permit::release);
  }
}
