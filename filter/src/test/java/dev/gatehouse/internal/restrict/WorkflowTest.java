package dev.gatehouse.internal.restrict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.Configured;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.limit.LimitConn;
import dev.gatehouse.internal.limit.LimitCount;
import dev.gatehouse.internal.limit.Variable;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.store.Stores;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests conditional rules of {@code workflow}. */
class WorkflowTest {
  private static final List<?> HELLO = List.of("uri", "==", "/hello");
  private final TestClock clock = new TestClock();
  private final RateLimiter limits = Stores.localLimits(100);
  private final LimitCount limitCount = new LimitCount();
  private final Workflow plugin = new Workflow(limitCount, new LimitConn());

  @Test
  void first_ruleThatHolds_runs_andNoOther() {
    Workflow.Config config =
        config(
            rule(List.of(HELLO), "return", Map.of("code", 403)),
            rule(null, "limit-count", count(1)));
    assertEquals("403 rejected by workflow", decisionText(config, "/hello"));
    assertEquals("ok", decisionText(config, "/a"));
    assertEquals("429 null", decisionText(config, "/a"));
    assertEquals("403 rejected by workflow", decisionText(config, "/hello"));
  }

  @Test
  void request_thatMatchesNoRule_passes() {
    Workflow.Config config = config(rule(List.of(HELLO), "return", Map.of("code", 403)));
    assertEquals(Decision.ALLOW, plugin.check(config, call("/a")));
  }

  @Test
  void counters_ofEachRule_areItsOwn_andNotThoseOfThePlugin() {
    Workflow.Config config =
        config(rule(List.of(HELLO), "limit-count", count(1)), rule(null, "limit-count", count(1)));
    LimitCount.Config plain =
        Configured.of(
                count(1),
                reader ->
                    limitCount.configure(reader, TestRequests.parts(Profile.STRICT, limits, clock)))
            .valid();
    assertEquals("ok", decisionText(limitCount.check(plain, call("/hello"))));
    assertEquals("ok", decisionText(config, "/hello"));
    assertEquals("429 null", decisionText(config, "/hello"));
    assertEquals("ok", decisionText(config, "/a"));
    assertEquals("429 null", decisionText(limitCount.check(plain, call("/hello"))));
  }

  @Test
  void limit_thatWasCounted_replacesThePluginOfItsName() {
    Workflow.Config config = config(rule(null, "limit-count", count(1)));
    Decision.Allow allow = (Decision.Allow) plugin.check(config, call("/a"));
    assertEquals("limit-count", allow.handledPlugin());
    assertEquals(3, allow.headers().size(), "headers of the limit");
  }

  @Test
  void connections_ofARule_areReleased() {
    Workflow.Config config =
        config(
            rule(
                null,
                "limit-conn",
                Map.of("conn", 1, "burst", 0, "default_conn_delay", 1, "key", "remote_addr")));
    Decision.Allow first = (Decision.Allow) plugin.check(config, call("/a"));
    assertEquals("limit-conn", first.handledPlugin());
    assertEquals("429 null", decisionText(config, "/a"));
    Objects.requireNonNull(first.permit()).release();
    assertEquals("ok", decisionText(config, "/a"));
  }

  @Test
  void action_thatIsFirst_isTheOnlyOneThatRuns() {
    Map<String, Object> rule =
        Map.of(
            "actions",
            List.of(List.of("limit-count", count(1)), List.of("return", Map.of("code", 403))));
    Workflow.Config config = config(rule);
    assertEquals("ok", decisionText(config, "/a"));
    assertEquals("429 null", decisionText(config, "/a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fault|{}|rules[0].actions[0]: unsupported action: fault",
        "return|{}|rules[0].actions[0][1].code: is required: a whole number from 200 to 599",
        "return|code|rules[0].actions[0][1].code: must be a whole number from 200 to 599, was 100",
        "limit-count|group|rules[0].actions[0][1].group: group is not supported",
        "limit-count|{}|rules[0].actions[0][1].count: is required",
      })
  void wrongSettings_areReported(String action, String what, String mistake) {
    Map<String, Object> settings =
        switch (what) {
          case "code" -> Map.of("code", 100);
          case "group" -> Map.of("count", 1, "time_window", 60, "group", "x");
          default -> Map.of();
        };
    List<String> mistakes = read(rule(null, action, settings)).problems();
    assertTrue(mistakes.get(0).startsWith(mistake), mistakes::toString);
  }

  @Test
  void wrongRules_areReported() {
    assertEquals(List.of("rules: must be a list of at least one object"), read().problems());
    assertEquals(
        List.of("rules[0].actions: must be a list of at least one action"),
        read(Map.of("actions", List.of())).problems());
    assertEquals(
        List.of("rules[0].actions[0]: must be a name and an object, as [\"return\", {}]"),
        read(Map.of("actions", List.of("return"))).problems());
    assertEquals(
        List.of("rules[0].cases: is not known; known here: case, actions"),
        read(Map.of("cases", 1, "actions", List.of(List.of("return", Map.of("code", 403)))))
            .problems());
    assertEquals(
        List.of("rules[0].case: must name a known variable: " + Variable.KNOWN + "; was x"),
        read(Map.of(
                "case",
                List.of("x", "==", "y"),
                "actions",
                List.of(List.of("return", Map.of("code", 403)))))
            .problems());
  }

  private static Map<String, Object> count(int count) {
    return Map.of("count", count, "time_window", 60);
  }

  private static Map<String, Object> rule(
      @Nullable List<?> condition, String action, Map<String, ?> settings) {
    List<?> actions = List.of(List.of(action, settings));
    return condition == null
        ? Map.of("actions", actions)
        : Map.of("case", condition, "actions", actions);
  }

  private Configured<Workflow.Config> read(Map<?, ?>... rules) {
    return Configured.of(
        Map.of("rules", List.of(rules)),
        reader -> plugin.configure(reader, TestRequests.parts(Profile.STRICT, limits, clock)));
  }

  private Workflow.Config config(Map<?, ?>... rules) {
    return read(rules).valid();
  }

  private static InterceptedRequest call(String path) {
    return TestRequests.call(TestRequests.consumer("acme"), FakeRequest.get(path));
  }

  private String decisionText(Workflow.Config config, String path) {
    return decisionText(plugin.check(config, call(path)));
  }

  private static String decisionText(Decision decision) {
    return decision instanceof Decision.Deny deny
        ? deny.reply().status() + " " + deny.reply().message()
        : "ok";
  }
}
