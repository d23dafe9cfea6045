package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.contract.RedisServers;
import dev.gatehouse.contract.SharedSlotsContract;
import dev.gatehouse.spi.limit.SharedSlots;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** Slots in a Redis cluster, of one server that has all of its hash slots. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisClusterSlotsTest extends SharedSlotsContract {
  private static final int HASH_SLOTS = 16_384;

  /** Its bus listens 10,000 ports higher. */
  private static final int HIGHEST_PORT = 55_000;

  private RedisServer server;
  private RedisSlots slots;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    int port = RedisServers.freePort();
    while (port > HIGHEST_PORT) {
      port = RedisServers.freePort();
    }
    server =
        RedisServers.start(
            port, "cluster-enabled yes", "cluster-config-file " + directory.resolve("nodes.conf"));
    RedisURI uri = RedisURI.create("127.0.0.1", port);
    takeAllSlots(uri);
    slots = RedisSlots.cluster(List.of(uri), Duration.ofSeconds(10));
  }

  private static void takeAllSlots(RedisURI uri) {
    RedisClient client = RedisClient.create(uri);
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      connection.sync().clusterAddSlots(IntStream.range(0, HASH_SLOTS).toArray());
      while (!connection.sync().clusterInfo().contains("cluster_state:ok")) {
        LockSupport.parkNanos(10_000_000);
      }
    } finally {
      client.shutdown();
    }
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
