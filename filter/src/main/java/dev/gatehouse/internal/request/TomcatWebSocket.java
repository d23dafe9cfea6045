package dev.gatehouse.internal.request;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import org.apache.tomcat.websocket.server.WsHttpUpgradeHandler;

/**
 * Tomcat's handler of a WebSocket connection, which must have Tomcat's type, with permits that are
 * released when the connection closes.
 *
 * <p>Public because Tomcat creates it; loaded on Tomcat only.
 */
public final class TomcatWebSocket extends WsHttpUpgradeHandler {
  private final HeldPermits permits = new HeldPermits();

  /** Called by Tomcat. */
  public TomcatWebSocket() {}

  /** Upgrades a request with a handler of the requested type. */
  static <T extends HttpUpgradeHandler> T upgrade(HttpServletRequest request, Class<T> type)
      throws IOException, ServletException {
    TomcatWebSocket handler = request.upgrade(TomcatWebSocket.class);
    handler.permits.connect();
    return type.cast(handler);
  }

  static HeldPermits permitsOf(HttpUpgradeHandler handler) {
    return ((TomcatWebSocket) handler).permits;
  }

  @Override
  public void destroy() {
    try {
      super.destroy();
    } finally {
      permits.close();
    }
  }
}
