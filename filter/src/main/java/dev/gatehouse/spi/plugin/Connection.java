package dev.gatehouse.spi.plugin;

import java.util.Objects;

/**
 * The two ends of the connection on which a request came.
 *
 * @param remotePort the port of the peer
 * @param serverAddress the address of this server, in its textual form
 * @param serverPort the port of this server
 */
public record Connection(int remotePort, String serverAddress, int serverPort) {
  /** Creates a connection. */
  public Connection {
    Objects.requireNonNull(serverAddress, "serverAddress");
  }
}
