package dev.gatehouse.internal.limit.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.MemorySlots;
import dev.gatehouse.contract.RedisServers;
import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.limit.RateWindow;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.embedded.RedisServer;

/**
 * Several nodes with one limit, on a real Redis: never above it in any window, and not much below
 * it when more is asked for.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterAccuracyTest {
  private static final long LENGTH = 1_000;

  /** How long each test lasts; {@code -Dfleet.seconds} makes it longer. */
  private static final Duration LASTING =
      Duration.ofSeconds(Integer.getInteger("fleet.seconds", 5));

  private RedisServer server;
  private int port;

  @BeforeAll
  void start() throws IOException {
    port = RedisServers.freePort();
    server = RedisServers.start(port);
  }

  @AfterAll
  void stop() throws IOException {
    server.stop();
  }

  private ClusterLoad fleet(int nodes) {
    return new ClusterLoad(
        nodes, () -> RedisSlots.at(RedisURI.create("127.0.0.1", port), Duration.ofSeconds(10)));
  }

  @ParameterizedTest(name = "{0} nodes, {1}, {2} a second, others {3} times slower")
  @CsvSource({
    "2, LEASE, 4000, 1",
    "2, LEASE, 4000, 9",
    "8, LEASE, 8000, 1",
    "8, LEASE, 8000, 9",
    "2, EXACT, 400, 1",
    "2, EXACT, 400, 9",
    "8, EXACT, 400, 1",
    "8, LEASE, 400, 1",
  })
  void window_neverTakesMoreThanItsLimit_norMuchLess(
      int nodes, Cluster.Sync sync, long limit, int factor) throws Exception {
    RateWindow window = new RateWindow(limit, LENGTH, RateWindow.Kind.ALIGNED);
    try (ClusterLoad fleet = fleet(nodes).together()) {
      NavigableMap<Long, Long> admitted = counted(fleet, window, sync, factor);
      long most = admitted.values().stream().mapToLong(n -> n).max().orElse(0);
      assertTrue(most <= limit, "never above: " + admitted);
      whole(admitted)
          .values()
          .forEach(
              n -> assertTrue(n >= limit - Math.max(1, limit / 100), "hardly below: " + admitted));
    }
  }

  /** At most 20 chunks per node and window, whatever the limit is. */
  @ParameterizedTest(name = "{0} nodes, {1} a second")
  @CsvSource({"2, 4000", "2, 40000", "8, 40000"})
  void lease_asksTheEngineRarely(int nodes, long limit) throws Exception {
    MemorySlots slots = new MemorySlots(InstantSource.system());
    RateWindow window = new RateWindow(limit, LENGTH, RateWindow.Kind.ALIGNED);
    try (ClusterLoad fleet = new ClusterLoad(nodes, () -> slots).together()) {
      long before = slots.changes();
      long begun = System.nanoTime();
      Map<Long, Long> admitted = counted(fleet, window, Cluster.Sync.LEASE, 1);
      double beats = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 500.0;
      double chunks = slots.changes() - before - nodes * beats;
      double each = chunks / nodes / admitted.size();
      assertTrue(each <= 20, each + " chunks a node and window");
      assertTrue(admitted.values().stream().allMatch(n -> n <= limit), admitted::toString);
    }
  }

  @ParameterizedTest(name = "{0} nodes")
  @CsvSource({"2", "8"})
  void delayed_staysWithinItsBound(int nodes) throws Exception {
    long limit = 4_000;
    RateWindow window = new RateWindow(limit, LENGTH, RateWindow.Kind.ALIGNED);
    try (ClusterLoad fleet = fleet(nodes).together()) {
      NavigableMap<Long, Long> admitted = counted(fleet, window, Cluster.Sync.DELAYED, 1);
      long bound = limit + (nodes - 1) * (limit / 100);
      admitted.values().forEach(n -> assertTrue(n <= bound, bound + " at most: " + admitted));
      whole(admitted).values().forEach(n -> assertTrue(n >= limit, "all used: " + admitted));
    }
  }

  @ParameterizedTest(name = "{0} nodes")
  @CsvSource({"2", "8"})
  void strict_takesNoMoreInAnyTrailingWindow(int nodes) throws Exception {
    int limit = 300;
    RateWindow window = new RateWindow(limit, LENGTH, RateWindow.Kind.STRICT);
    try (ClusterLoad fleet = fleet(nodes).together()) {
      List<Long> moments =
          fleet
              .run(window, Cluster.Sync.LEASE, new ClusterLoad.Load(2, 1_000_000, 1), LASTING)
              .stream()
              .map(ClusterLoad.Admitted::millis)
              .sorted()
              .toList();
      assertTrue(moments.size() > limit, "positive control");
      for (int i = limit; i < moments.size(); i++) {
        long lasted = moments.get(i) - moments.get(i - limit);
        assertTrue(lasted >= LENGTH, limit + 1 + " requests in " + lasted + " ms");
      }
    }
  }

  private static NavigableMap<Long, Long> counted(
      ClusterLoad fleet, RateWindow window, Cluster.Sync sync, int factor) throws Exception {
    long pause = sync == Cluster.Sync.EXACT ? 0 : 100_000;
    Map<Long, Long> byEnd =
        fleet.run(window, sync, new ClusterLoad.Load(2, pause, factor), LASTING).stream()
            .collect(Collectors.groupingBy(ClusterAccuracyTest::window, Collectors.counting()));
    assertTrue(byEnd.size() >= LASTING.toMillis() / LENGTH, "positive control");
    return new TreeMap<>(byEnd);
  }

  /** A node may be a moment behind the one that began the window. */
  private static long window(ClusterLoad.Admitted admitted) {
    long window = Math.round(admitted.endMillis() / (double) LENGTH) * LENGTH;
    assertTrue(Math.abs(window - admitted.endMillis()) < 100, "the clock's windows");
    return window;
  }

  /** Returns those that were under load from their beginning to their end. */
  private static Map<Long, Long> whole(NavigableMap<Long, Long> windows) {
    return windows.subMap(windows.firstKey(), false, windows.lastKey(), false);
  }
}
