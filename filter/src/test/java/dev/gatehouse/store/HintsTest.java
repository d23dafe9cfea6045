package dev.gatehouse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Mistakes;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.contract.RedisServers;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.ChangeHints;
import dev.gatehouse.spi.ManagedStore;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that tell each other of changes, and would find them by themselves after a long time. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HintsTest {
  private final FedStore database = new FedStore();

  private ManagedStore node(ChangeHints hints) {
    return Stores.watched(
        database,
        new Stores.Watching(
            1_000,
            Duration.ofMinutes(10),
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            Stores.Preloading.NONE),
        Optional.of(hints),
        new TestClock());
  }

  private static boolean knows(ManagedStore node, String key) {
    return node.credential(Entries.KEY_AUTH, Entries.lookup(key)) != null;
  }

  private static void until(BooleanSupplier done) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not within 20 s");
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** The first change may come before both are connected, so it is made again. */
  private static void bothAreConnected(ManagedStore one, ManagedStore other) {
    int[] tried = {0};
    until(
        () -> {
          String key = "try " + tried[0]++;
          one.putAll(List.of(Entries.entry("trying", Entries.keyAuth("main", key))));
          other.put(Entries.consumer("answering" + tried[0]));
          LockSupport.parkNanos(50_000_000);
          return knows(other, key) && one.consumer("answering" + tried[0]) != null;
        });
  }

  private void areHeeded(ManagedStore one, ManagedStore other) {
    bothAreConnected(one, other);
    for (int i = 0; i < 20; i++) {
      String key = "key " + i;
      one.putAll(List.of(Entries.entry("acme", Entries.keyAuth("main", key))));
      until(() -> knows(other, key));
      assertTrue(other.remove("acme", "main"));
      until(() -> !knows(one, key));
    }
  }

  @Test
  void changesAreHeededByTheOtherNode_throughRedis_whichMayComeLate() throws Exception {
    int port = RedisServers.freePort();
    RedisURI uri = RedisURI.create("redis://127.0.0.1:" + port);
    try (ManagedStore one = node(RedisHints.at(uri));
        ManagedStore other = node(RedisHints.at(uri))) {
      one.putAll(List.of(Entries.entry("bob", Entries.keyAuth("main", "bobs-key"))));
      assertTrue(knows(one, "bobs-key"), "without Redis too");
      var server = RedisServers.start(port);
      try {
        areHeeded(one, other);
      } finally {
        server.stop();
      }
      one.remove("bob");
      assertEquals(false, knows(one, "bobs-key"), "after Redis is gone too");
    }
  }

  @Test
  void changesAreHeededByTheOtherNode_throughTheDataGrid() {
    try (HazelcastGrid grid = new HazelcastGrid(2);
        ManagedStore one = node(new HazelcastHints(grid.member(0)));
        ManagedStore other = node(new HazelcastHints(grid.member(1)))) {
      areHeeded(one, other);
    }
  }

  @Test
  void wrongSettings_areNamed() {
    Mistakes mistakes = new Mistakes();
    assertEquals(Optional.empty(), Stores.hints("redis", name -> Optional.empty(), mistakes));
    assertEquals(
        Optional.empty(), Stores.hints("hazelcast", name -> Optional.of("ldap://x"), mistakes));
    assertEquals(
        List.of("gatehouse.limits.redis.uri", "gatehouse.limits.hazelcast.instance"),
        mistakes.found().stream().map(one -> one.path()).toList());
  }
}
