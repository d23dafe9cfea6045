package dev.gatehouse.internal.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.Configured;
import dev.gatehouse.contract.MemorySlots;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.restrict.Interceptors;
import dev.gatehouse.internal.restrict.TestRequests;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.limit.SharedSlots;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.store.Stores;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of two nodes that share an engine, and what they do when it is down. */
class ClusterLimitsTest {
  private static final Duration PATIENT = Duration.ofSeconds(10);

  private final TestClock clock = new TestClock();
  private final MemorySlots slots = new MemorySlots(clock);
  private final ManagedCluster one = join();
  private final ManagedCluster other = join();

  private ManagedCluster join() {
    return Stores.join(slots, new Stores.Sharing("test", PATIENT, 1_000), clock);
  }

  @AfterEach
  void leave() {
    one.close();
    other.close();
  }

  @ParameterizedTest
  @CsvSource({"cluster,lease", "cluster,exact", "redis,", "redis-cluster,", "redis-sentinel,"})
  void count_holdsOverBothNodes(String policy, String sync) {
    Map<String, Object> settings = limit(2, "policy", policy);
    if (sync != null) {
      settings.put("sync", sync);
    }
    assertEquals("ok", ask(one, settings));
    assertEquals("ok", ask(other, settings));
    assertEquals("429", ask(one, settings));
    assertEquals("429", ask(other, settings));
    clock.advance(Duration.ofSeconds(61));
    assertEquals("ok", ask(other, settings));
  }

  /** The positive control of the test above. */
  @Test
  void count_ofPolicyLocal_isTheNodesOwn() {
    ConsumerInterceptor<LimitCount.Config> plugin = new LimitCount();
    PluginServices here = parts(one);
    PluginServices there = parts(other);
    for (PluginServices node : List.of(here, there)) {
      LimitCount.Config config = read(plugin, node, limit(1, "policy", "local")).valid();
      assertEquals("ok", decisionText(plugin.check(config, call())));
      assertEquals("429", decisionText(plugin.check(config, call())));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sliding", "strict"})
  void window_ofAnyType_holdsOverBothNodes(String type) {
    Map<String, Object> settings = limit(2, "policy", "cluster", "window_type", type);
    assertEquals("ok", ask(one, settings));
    assertEquals("ok", ask(other, settings));
    assertEquals("429", ask(one, settings));
  }

  @Test
  void rate_holdsOverBothNodes() {
    LimitReq plugin = new LimitReq();
    Map<String, Object> settings =
        Map.of("rate", 1, "burst", 1, "key", "remote_addr", "policy", "cluster", "nodelay", true);
    LimitReq.Config here = read(plugin, parts(one), settings).valid();
    LimitReq.Config there = read(plugin, parts(other), settings).valid();
    assertEquals("ok", decisionText(plugin.check(here, call())));
    assertEquals("ok", decisionText(plugin.check(there, call())));
    assertEquals("429", decisionText(plugin.check(here, call())));
    assertEquals("429", decisionText(plugin.check(there, call())));
    clock.advance(Duration.ofSeconds(1));
    assertEquals("ok", decisionText(plugin.check(there, call())));
  }

  @Test
  void connections_holdOverBothNodes() {
    LimitConn plugin = new LimitConn();
    LimitConn.Config here = read(plugin, parts(one), connections("cluster")).valid();
    LimitConn.Config there = read(plugin, parts(other), connections("redis")).valid();
    Decision.Allow first = (Decision.Allow) plugin.check(here, call());
    assertEquals("429", decisionText(plugin.check(there, call())));
    Objects.requireNonNull(first.permit()).release();
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!decisionText(plugin.check(there, call())).equals("ok")) {
      assertTrue(System.nanoTime() < end, "the slot was not freed");
    }
  }

  @ParameterizedTest
  @CsvSource({"deny,500,500", "allow,ok,ok", "local,ok,429"})
  void connections_thatCannotBeCounted_areAnsweredAsTheSettingsSay(
      String setting, String first, String second) {
    LimitConn plugin = new LimitConn();
    Map<String, Object> settings = connections("cluster");
    settings.put("on_store_failure", setting);
    LimitConn.Config config = read(plugin, parts(one), settings).valid();
    slots.fail(true);
    assertEquals(first, decisionText(plugin.check(config, call())));
    assertEquals(second, decisionText(plugin.check(config, call())));
  }

  @Test
  void connections_haveNoSync() {
    Map<String, Object> settings = connections("cluster");
    settings.put("sync", "lease");
    assertEquals(
        List.of("sync: is for windows: what runs is counted exactly"),
        read(new LimitConn(), parts(one), settings).problems());
  }

  private static Map<String, Object> connections(String policy) {
    return new HashMap<>(
        Map.of(
            "conn",
            1,
            "burst",
            0,
            "default_conn_delay",
            1,
            "key",
            "remote_addr",
            "policy",
            policy));
  }

  @ParameterizedTest
  @CsvSource({
    "on_store_failure,deny,500",
    "on_store_failure,allow,ok",
    "allow_degradation,true,ok",
    "allow_degradation,false,500",
    "sync,exact,500",
  })
  void engine_thatIsDown_isAnsweredAsTheSettingsSay(String name, String value, String answer) {
    Object given = value.matches("true|false") ? (Object) Boolean.valueOf(value) : value;
    Map<String, Object> settings = limit(2, "policy", "cluster", name, given);
    assertEquals("ok", ask(one, settings));
    slots.fail(true);
    for (int i = 0; i < 5; i++) {
      assertEquals(answer, ask(one, settings));
    }
    slots.fail(false);
    assertEquals("ok", firstCount(settings), "one of two is left");
    assertEquals("429", ask(other, settings));
  }

  @Test
  void engine_thatIsDown_leavesEachNodeItsShare() {
    while (one.nodes() != 2) {
      LockSupport.parkNanos(1_000_000);
    }
    Map<String, Object> settings = limit(4, "policy", "cluster", "on_store_failure", "local");
    slots.fail(true);
    LimitCount plugin = new LimitCount();
    LimitCount.Config config = read(plugin, parts(one), settings).valid();
    assertEquals("ok", decisionText(plugin.check(config, call())));
    assertEquals("ok", decisionText(plugin.check(config, call())));
    assertEquals("429", decisionText(plugin.check(config, call())));

    LimitReq rate = new LimitReq();
    LimitReq.Config slow =
        read(
                rate,
                parts(one),
                Map.of(
                    "rate",
                    2,
                    "burst",
                    2,
                    "key",
                    "remote_addr",
                    "policy",
                    "cluster",
                    "nodelay",
                    true,
                    "on_store_failure",
                    "local"))
            .valid();
    assertEquals("ok", decisionText(rate.check(slow, call())));
    assertEquals("ok", decisionText(rate.check(slow, call())));
    assertEquals("429", decisionText(rate.check(slow, call())));
  }

  /**
   * A node that came back first to an empty engine took itself for the only one: two nodes admitted
   * 6 and 3 of 6.
   */
  @ParameterizedTest
  @CsvSource({"6,3", "2,1"})
  void engine_thatStartsEmptyAndFailsAgain_leavesEachNodeItsShare(int count, int share) {
    Line hereLine = new Line(slots);
    Line thereLine = new Line(slots);
    one.close();
    other.close();
    clock.advance(Duration.ofSeconds(6));
    slots.clear();
    try (ManagedCluster here = join(hereLine);
        ManagedCluster there = join(thereLine)) {
      await(() -> here.nodes() == 2 && there.nodes() == 2);
      hereLine.cut = true;
      thereLine.cut = true;
      await(() -> isDown(here) && isDown(there));
      slots.clear();
      hereLine.cut = false;
      await(here::answers);
      hereLine.cut = true;
      await(() -> isDown(here));
      assertEquals(share, admitted(here, count));
      assertEquals(share, admitted(there, count));
    }
  }

  private ManagedCluster join(SharedSlots line) {
    return Stores.join(line, new Stores.Sharing("test", Duration.ofSeconds(10), 1_000), clock);
  }

  private static boolean isDown(ManagedCluster node) {
    return !node.answers();
  }

  private long admitted(ManagedCluster node, int count) {
    LimitCount plugin = new LimitCount();
    Map<String, Object> settings = limit(count, "policy", "cluster", "on_store_failure", "local");
    LimitCount.Config config = read(plugin, parts(node), settings).valid();
    return IntStream.range(0, 2 * count)
        .filter(i -> decisionText(plugin.check(config, call())).equals("ok"))
        .count();
  }

  private static void await(BooleanSupplier holds) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!holds.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not within 20 s");
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** What leads from one node to the engine. */
  private static final class Line implements SharedSlots {
    private final SharedSlots engine;
    private volatile boolean cut;

    Line(SharedSlots engine) {
      this.engine = engine;
    }

    private SharedSlots whole() {
      if (cut) {
        throw new StoreException("cut by the test", new IllegalStateException());
      }
      return engine;
    }

    @Override
    public byte @Nullable [] read(String name) {
      return whole().read(name);
    }

    @Override
    public Replaced replace(
        String name, byte @Nullable [] before, byte[] after, Duration lifetime) {
      return whole().replace(name, before, after, lifetime);
    }

    @Override
    public long millis() {
      return whole().millis();
    }

    @Override
    public void close() {}
  }

  @Test
  void headers_reportTheRemainderOfAllNodes() {
    Map<String, Object> settings = limit(5, "policy", "cluster");
    ask(one, settings);
    LimitCount plugin = new LimitCount();
    Decision decision = plugin.check(read(plugin, parts(other), settings).valid(), call());
    assertTrue(decision.toString().contains("X-RateLimit-Remaining, value=3"), decision::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "policy|cluster|policy: \"cluster\" needs gatehouse.limits.backend",
        "policy|redis|policy: \"redis\" needs gatehouse.limits.backend=redis",
        "sync|exact|sync: is for a policy other than local",
        "sync_interval|5|sync_interval: is for a policy other than local",
        "on_store_failure|allow|on_store_failure: is for a policy other than local",
        "redis_host|x|redis_host: is said once for all limits: gatehouse.limits.redis.uri",
        "redis_sentinels|x|redis_sentinels: is said once for all limits: gatehouse.limits.redis.uri",
      })
  void settings_ofANodeByItself_areRefused(String name, String value, String mistake) {
    Object given = value.matches("[0-9]+") ? (Object) Integer.valueOf(value) : value;
    PluginServices alone = TestRequests.parts(Profile.STRICT, Stores.localLimits(10), clock);
    assertEquals(List.of(mistake), read(new LimitCount(), alone, limit(2, name, given)).problems());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sync|fast|sync: must be one of lease, exact, delayed, was \"fast\"",
        "sync_interval|0.05|sync_interval: sync_interval should not be smaller than 0.1",
        "sync_interval|x|sync_interval: must be a number from -1 to 1000000000 with at most three"
            + " decimals, was \"x\"",
        "sync_interval|60|sync_interval: sync_interval should be smaller than time_window",
        "on_store_failure|panic|on_store_failure: must be one of deny, allow, local, was \"panic\"",
      })
  void wrongSettings_areReported(String name, String value, String mistake) {
    Object given = value.matches("[0-9.]+") ? (Object) Double.valueOf(value) : value;
    Map<String, Object> settings = limit(2, "policy", "cluster", name, given);
    assertEquals(
        mistake, String.join("; ", read(new LimitCount(), parts(one), settings).problems()));
  }

  @Test
  void redisPolicyOfApisix_isAcceptedInACluster() {
    Map<String, Object> settings =
        limit(2, "policy", "redis", "redis_host", "10.0.0.1", "redis_port", 6379);
    assertEquals(List.of(), read(new LimitCount(), parts(one), settings).problems());
    Map<String, Object> ours = limit(2, "policy", "cluster", "redis_host", "10.0.0.1");
    assertEquals(
        List.of("redis_host: is said once for all limits: gatehouse.limits.redis.uri"),
        read(new LimitCount(), parts(one), ours).problems());
  }

  @Test
  void settings_thatContradictEachOther_areReported() {
    assertEquals(
        List.of("on_store_failure: deny contradicts allow_degradation"),
        read(
                new LimitCount(),
                parts(one),
                limit(
                    2, "policy", "cluster", "on_store_failure", "deny", "allow_degradation", true))
            .problems());
    assertEquals(
        List.of("sync_interval: is for sync delayed; sync is exact"),
        read(
                new LimitCount(),
                parts(one),
                limit(2, "policy", "cluster", "sync", "exact", "sync_interval", 1))
            .problems());
    assertEquals(
        List.of(),
        read(new LimitCount(), parts(one), limit(2, "policy", "redis", "sync_interval", -1))
            .problems());
  }

  /** A bug: with an interval, a misspelt setting beside it was not noticed. */
  @Test
  void settings_besideAnInterval_areStillChecked() {
    List<String> mistakes =
        read(new LimitCount(), parts(one), limit(2, "policy", "redis", "sync_interval", 1, "x", 1))
            .problems();
    assertEquals(1, mistakes.size(), mistakes::toString);
    assertTrue(mistakes.get(0).startsWith("x: is not known"), mistakes::toString);
  }

  private String firstCount(Map<String, Object> settings) {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    LimitCount plugin = new LimitCount();
    settings.remove("allow_degradation");
    settings.put("on_store_failure", "deny");
    LimitCount.Config config = read(plugin, parts(one), settings).valid();
    String answer = decisionText(plugin.check(config, call()));
    while (answer.equals("500") && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
      answer = decisionText(plugin.check(config, call()));
    }
    return answer;
  }

  private String ask(ManagedCluster node, Map<String, Object> settings) {
    LimitCount plugin = new LimitCount();
    return decisionText(plugin.check(read(plugin, parts(node), settings).valid(), call()));
  }

  private PluginServices parts(ManagedCluster node) {
    return new PluginServices(
        Profile.STRICT,
        Stores.localLimits(100),
        clock,
        clock,
        Optional.of(node),
        Interceptors.conditions());
  }

  private static <C> Configured<C> read(
      ConsumerInterceptor<C> plugin, PluginServices parts, Map<String, Object> settings) {
    return Configured.of(settings, (SettingsReader reader) -> plugin.configure(reader, parts));
  }

  private static InterceptedRequest call() {
    return TestRequests.of(TestRequests.consumer("acme"));
  }

  private static String decisionText(Decision decision) {
    return decision instanceof Decision.Deny deny ? String.valueOf(deny.reply().status()) : "ok";
  }

  private static Map<String, Object> limit(int count, Object... more) {
    Map<String, Object> settings = new HashMap<>(Map.of("count", count, "time_window", 60));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(String.valueOf(more[i]), more[i + 1]);
    }
    return settings;
  }
}
