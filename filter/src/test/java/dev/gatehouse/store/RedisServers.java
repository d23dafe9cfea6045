package dev.gatehouse.store;

import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/** Redis servers for tests: real ones, on loopback, on a port that nobody uses. */
final class RedisServers {
  private RedisServers() {}

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static RedisServer start(int port, String... settings) throws IOException {
    var builder = RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"");
    for (String setting : settings) {
      builder = builder.setting(setting);
    }
    RedisServer server = builder.build();
    server.start();
    return server;
  }

  static RedisURI at(int port) {
    return RedisURI.create("127.0.0.1", port);
  }
}
