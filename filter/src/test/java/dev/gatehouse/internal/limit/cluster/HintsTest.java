package dev.gatehouse.internal.limit.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.Entries;
import dev.gatehouse.contract.RedisServers;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.store.cache.Caching;
import dev.gatehouse.internal.store.cache.ChangeFeedStore;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ChangeHints;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.store.Stores;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that notify each other of changes. Polling alone would find them much later. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HintsTest {
  private final ChangeFeedStore database = new ChangeFeedStore();

  private ConsumerRepository node(ChangeHints hints) {
    return Caching.track(
        database,
        new ChangeFeed.Tracking(
            1_000,
            Duration.ofMinutes(10),
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            ChangeFeed.Preloading.NONE),
        Optional.of(hints),
        new TestClock());
  }

  private static boolean knows(ConsumerRepository node, String key) {
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
  private static void bothAreConnected(ConsumerRepository one, ConsumerRepository other) {
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

  private void areApplied(ConsumerRepository one, ConsumerRepository other) {
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
  void changes_throughRedis_reachTheOtherNode_evenIfRedisStartsLate() throws Exception {
    int port = RedisServers.freePort();
    RedisURI uri = RedisURI.create("redis://127.0.0.1:" + port);
    try (ConsumerRepository one = node(RedisHints.at(uri, "shop"));
        ConsumerRepository other = node(RedisHints.at(uri, "shop"))) {
      one.putAll(List.of(Entries.entry("bob", Entries.keyAuth("main", "bobs-key"))));
      assertTrue(knows(one, "bobs-key"), "without Redis too");
      var server = RedisServers.start(port);
      try {
        areApplied(one, other);
      } finally {
        server.stop();
      }
      one.remove("bob");
      assertEquals(false, knows(one, "bobs-key"), "after Redis is gone too");
    }
  }

  @Test
  void changes_throughTheDataGrid_reachTheOtherNode() {
    try (HazelcastGrid grid = new HazelcastGrid(2);
        ConsumerRepository one = node(new HazelcastHints(grid.member(0), "shop"));
        ConsumerRepository other = node(new HazelcastHints(grid.member(1), "shop"))) {
      areApplied(one, other);
    }
  }

  @Test
  void hintsOfAnotherNamespace_areIgnored_throughRedis() throws Exception {
    int port = RedisServers.freePort();
    RedisURI uri = RedisURI.create("redis://127.0.0.1:" + port);
    var server = RedisServers.start(port);
    try (RedisHints here = RedisHints.at(uri, "shop");
        RedisHints same = RedisHints.at(uri, "shop");
        RedisHints other = RedisHints.at(uri, "billing")) {
      areNotHeard(here, same, other);
    } finally {
      server.stop();
    }
  }

  @Test
  void hintsOfAnotherNamespace_areIgnored_throughTheDataGrid() {
    try (HazelcastGrid grid = new HazelcastGrid(1);
        HazelcastHints here = new HazelcastHints(grid.member(0), "shop");
        HazelcastHints same = new HazelcastHints(grid.member(0), "shop");
        HazelcastHints other = new HazelcastHints(grid.member(0), "billing")) {
      areNotHeard(here, same, other);
    }
  }

  private static void areNotHeard(ChangeHints here, ChangeHints same, ChangeHints other) {
    AtomicInteger heard = new AtomicInteger();
    AtomicInteger heardByOther = new AtomicInteger();
    here.listen(heard::incrementAndGet);
    other.listen(heardByOther::incrementAndGet);
    same.listen(() -> {});
    until(
        () -> {
          same.send();
          other.send();
          return heard.get() > 2 && heardByOther.get() > 2;
        });
    for (int i = 0; i < 50; i++) {
      int before = heardByOther.get();
      other.send();
      until(() -> heardByOther.get() > before);
    }
    int quiet = heard.get();
    int before = heardByOther.get();
    other.send();
    until(() -> heardByOther.get() > before);
    assertEquals(quiet, heard.get());
    same.send();
    until(() -> heard.get() > quiet);
  }

  /** Another application can send as many hints as it likes. */
  @Test
  void manyHints_causeFewPolls_andTheLastOneIsNotLost() {
    HintsByHand hints = new HintsByHand();
    try (ConsumerRepository node = node(hints)) {
      assertEquals(false, knows(node, "key"));
      int before = database.looks();
      long begun = System.nanoTime();
      long sent = 0;
      while (System.nanoTime() - begun < Duration.ofMillis(400).toNanos()) {
        hints.deliver();
        sent++;
      }
      database.putAll(List.of(Entries.entry("acme", Entries.keyAuth("main", "key"))));
      hints.deliver();
      until(() -> knows(node, "key"));
      long passed = Duration.ofNanos(System.nanoTime() - begun).toMillis();
      int looks = database.looks() - before;
      assertTrue(sent > 100, sent + " hints");
      assertTrue(looks <= passed / 50 + 2, looks + " looks in " + passed + " ms");
    }
  }

  private static final class HintsByHand implements ChangeHints {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    @Override
    public void listen(Runnable changed) {
      listeners.add(changed);
    }

    void deliver() {
      listeners.forEach(Runnable::run);
    }

    @Override
    public void close() {}
  }

  @Test
  void wrongSettings_areReported() {
    ConfigProblems mistakes = new ConfigProblems();
    assertEquals(
        Optional.empty(), Stores.hints("redis", "shop", name -> Optional.empty(), mistakes));
    assertEquals(
        Optional.empty(),
        Stores.hints("hazelcast", "shop", name -> Optional.of("ldap://x"), mistakes));
    assertEquals(
        List.of("gatehouse.limits.redis.uri", "gatehouse.limits.hazelcast.instance"),
        mistakes.found().stream().map(one -> one.path()).toList());
  }
}
