package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.contract.RedisServers;
import dev.gatehouse.contract.SharedSlotsContract;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.limit.SharedSlots;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import redis.embedded.RedisSentinel;
import redis.embedded.RedisServer;

/** Slots in the Redis that a sentinel names, opened as the settings open it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisSentinelSlotsTest extends SharedSlotsContract {
  private RedisServer server;
  private RedisSentinel sentinel;
  private SharedSlots slots;

  @BeforeAll
  void start() throws IOException {
    int master = RedisServers.freePort();
    server = RedisServers.start(master);
    int port = RedisServers.freePort();
    sentinel =
        RedisSentinel.newRedisSentinel()
            .bind("127.0.0.1")
            .port(port)
            .masterName("limits")
            .masterPort(master)
            .quorumSize(1)
            .build();
    sentinel.start();
    ConfigProblems mistakes = new ConfigProblems();
    String uri = "redis-sentinel://127.0.0.1:" + port + "#limits";
    slots = new RedisProvider().open(name -> Optional.of(uri), mistakes).orElseThrow();
  }

  @AfterAll
  void stop() throws IOException {
    slots.close();
    sentinel.stop();
    server.stop();
  }

  @Override
  protected SharedSlots slots() {
    return slots;
  }
}
