package dev.gatehouse.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/** Starts real Redis servers for tests, on a free port of the loopback interface. */
public final class RedisServers {
  private RedisServers() {}

  /** Returns a port that is free at the moment. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Starts one; settings are lines of its configuration. */
  public static RedisServer start(int port, String... settings) throws IOException {
    var builder = RedisServer.newRedisServer().port(port).bind("127.0.0.1").setting("save \"\"");
    for (String setting : settings) {
      builder = builder.setting(setting);
    }
    RedisServer server = builder.build();
    server.start();
    return server;
  }
}
