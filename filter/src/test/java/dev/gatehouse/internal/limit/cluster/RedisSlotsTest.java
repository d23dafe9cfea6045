package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.contract.RedisServers;
import dev.gatehouse.contract.SharedSlotsContract;
import dev.gatehouse.spi.limit.SharedSlots;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import redis.embedded.RedisServer;

/** Slots in a real Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisSlotsTest extends SharedSlotsContract {
  private RedisServer server;
  private RedisSlots slots;

  @BeforeAll
  void start() throws IOException {
    int port = RedisServers.freePort();
    server = RedisServers.start(port);
    slots = RedisSlots.at(RedisURI.create("127.0.0.1", port), Duration.ofSeconds(10));
  }

  @AfterAll
  void stop() throws IOException {
    slots.close();
    server.stop();
  }

  @Override
  protected SharedSlots slots() {
    return slots;
  }
}
