package dev.gatehouse.internal.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.ConcurrentTasks;
import dev.gatehouse.contract.Configured;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.restrict.TestRequests;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.Permit;
import dev.gatehouse.store.Stores;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests {@code limit-conn} without a container. */
class LimitConnTest {
  private final LimitConn plugin = new LimitConn();
  private final List<Permit> held = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(Profile.class)
  void requestsAboveConn_areDelayed_andAboveBurst_areRefused(Profile profile) {
    LimitConn.Config config = read(profile, base("conn", 2, "burst", 3)).valid();
    String refused = (profile == Profile.STRICT ? "429" : "503") + " null";
    assertEquals("ok", ask(config));
    assertEquals("ok", ask(config));
    assertEquals("ok after 100", ask(config), "floor(2 / 2)");
    assertEquals("ok after 100", ask(config), "floor(3 / 2)");
    assertEquals("ok after 200", ask(config), "floor(4 / 2)");
    assertEquals(refused, ask(config));
    held.remove(0).release();
    assertEquals("ok after 200", ask(config));
    assertEquals(refused, ask(config));
    held.forEach(Permit::release);
    assertEquals(0, plugin.keys());
    assertEquals("ok", ask(config));
  }

  @Test
  void concurrentRequests_neverExceedTheLimit_andReleaseAllSlots() throws Exception {
    LimitConn.Config config = config(base("conn", 10, "burst", 0));
    AtomicInteger running = new AtomicInteger();
    List<Integer> most =
        ConcurrentTasks.run(
            100,
            () -> {
              int seen = 0;
              for (int i = 0; i < 200; i++) {
                if (plugin.check(config, call("acme")) instanceof Decision.Allow allow) {
                  seen = Math.max(seen, running.incrementAndGet());
                  running.decrementAndGet();
                  Objects.requireNonNull(allow.permit()).release();
                }
              }
              return seen;
            });
    assertEquals(true, Collections.max(most) <= 10);
    assertEquals(true, Collections.max(most) > 0);
    assertEquals(0, plugin.keys());
  }

  @Test
  void rules_mustAllAdmit_andARefusalReleasesTheOthers() {
    LimitConn.Config config =
        config(
            Map.of(
                "default_conn_delay",
                1,
                "rules",
                List.of(
                    Map.of("conn", 5, "burst", 0, "key", "$consumer_name"),
                    Map.of("conn", 1, "burst", 0, "key", "$remote_addr"),
                    Map.of("conn", "$http_x_conn", "burst", 0, "key", "$consumer_name"))));
    assertEquals("ok", ask(config));
    assertEquals("429 null", ask(config));
    assertEquals("429 null", ask(config));
    held.remove(0).release();
    assertEquals(0, plugin.keys(), "nothing is left of the refused ones");
    assertEquals("ok", ask(config));
  }

  @ParameterizedTest
  @CsvSource({"3,ok", "0,500 null", "x,500 null", "'',500 null"})
  void conn_mayComeFromTheRequest(String sent, String answer) {
    LimitConn.Config config = config(base("conn", "$http_x_conn", "burst", 0));
    InterceptedRequest call =
        TestRequests.call(TestRequests.consumer("a"), FakeRequest.get("/").header("X-Conn", sent));
    assertEquals(answer, decisionText(plugin.check(config, call)));
    LimitConn.Config open =
        config(base("conn", "$http_x_conn", "burst", 0, "allow_degradation", true));
    assertEquals("ok", decisionText(plugin.check(open, call)));
  }

  @Test
  void wrongSettings_areReported() {
    assertEquals(
        List.of(
            "default_conn_delay: is required: a number from 0.001 to 3600 with at most three"
                + " decimals",
            "key: is required",
            "conn: is required: a whole number from 1 to 1000000000",
            "burst: is required: a whole number from 0 to 1000000000"),
        read(Profile.STRICT, Map.of()).problems());
    assertEquals(
        List.of("rules: must not be combined with conn"),
        read(Profile.STRICT, Map.of("default_conn_delay", 1, "conn", 1, "rules", List.of()))
            .problems());
  }

  private static Map<String, Object> base(Object... namesAndValues) {
    Map<String, Object> settings =
        new HashMap<>(Map.of("key", "consumer_name", "default_conn_delay", new BigDecimal("0.1")));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return settings;
  }

  private LimitConn.Config config(Map<String, Object> settings) {
    return read(Profile.STRICT, settings).valid();
  }

  private Configured<LimitConn.Config> read(Profile profile, Map<String, Object> settings) {
    return Configured.of(
        settings,
        reader ->
            plugin.configure(
                reader, TestRequests.parts(profile, Stores.localLimits(10), new TestClock())));
  }

  private static InterceptedRequest call(String username) {
    return TestRequests.call(TestRequests.consumer(username), FakeRequest.get("/"));
  }

  private String ask(LimitConn.Config config) {
    Decision decision = plugin.check(config, call("acme"));
    if (decision instanceof Decision.Allow allow && allow.permit() != null) {
      held.add(allow.permit());
    }
    return decisionText(decision);
  }

  private static String decisionText(Decision decision) {
    if (decision instanceof Decision.Allow allow) {
      return allow.delay() == null ? "ok" : "ok after " + allow.delay().millis();
    }
    Decision.Deny deny = (Decision.Deny) decision;
    return deny.reply().status() + " " + deny.reply().message();
  }
}
