package dev.gatehouse.internal.restrict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.Configured;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.store.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests patterns that a target may not contain, in each spelling. */
class UriBlockerTest {
  private final UriBlocker plugin = new UriBlocker();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/root.exe?a=a|true",
        "/root.exe|true",
        "/a?file=root.exe|true",
        "/rooot.mm|false",
        "/root.mmm|true",
        "/ROOT.EXE|false",
        "/hello|false",
        "/a?b=/hello|false",
      })
  void target_isSearchedAnywhere(String target, boolean blocked) {
    assertEquals(
        blocked ? "403 null" : "ok",
        ask(Map.of("block_rules", List.of("root.exe", "root.m+")), FakeRequest.get(target)));
  }

  /** The reference lets every one of these through but the first. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/internal/x",
        "/%69nternal/x",
        "/intern%61l",
        "/a?q=drop%20table",
        "/a?q=drop+table",
        "/a?q=dro%70+table",
        "/a?%zz&q=drop%20table%",
      })
  void target_isSearchedDecodedToo(String target) {
    Map<String, Object> settings = Map.of("block_rules", List.of("^/internal", "drop table"));
    assertEquals("403 null", ask(settings, FakeRequest.get(target)));
    assertEquals("ok", ask(settings, FakeRequest.get("/a?q=drop")));
  }

  @Test
  void rule_mayNameAnEscapeAsItIsSent() {
    Map<String, Object> settings = Map.of("block_rules", List.of("%20"));
    assertEquals("403 null", ask(settings, FakeRequest.get("/a%20b")));
    assertEquals("ok", ask(settings, FakeRequest.get("/a+b")));
  }

  /** A dot matches a line feed too. */
  @Test
  void lineFeed_hidesNothing() {
    Map<String, Object> settings = Map.of("block_rules", List.of("^/a.q=.*top secret$"));
    assertEquals("403 null", ask(settings, FakeRequest.get("/a?q=x%0Atop%20secret")));
    assertEquals("403 null", ask(settings, FakeRequest.get("/a?q=top%20secret")));
    assertEquals("ok", ask(settings, FakeRequest.get("/a?q=top%20secret%0A")));
  }

  @Test
  void contextPath_isPartOfTheTarget() {
    Map<String, Object> settings = Map.of("block_rules", List.of("^/shop/internal"));
    assertEquals("403 null", ask(settings, FakeRequest.get("/shop/internal").context("/shop")));
    assertEquals("403 null", ask(settings, FakeRequest.get("/shop/%69nternal").context("/shop")));
    assertEquals("ok", ask(settings, FakeRequest.get("/shop/a").context("/shop")));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void settings_sayHowItAnswers(Profile profile) {
    FakeRequest upper = FakeRequest.get("/ROOT");
    List<String> rules = List.of("root");
    assertEquals("ok", ask(profile, Map.of("block_rules", rules), upper));
    assertEquals(
        "403 null", ask(profile, Map.of("block_rules", rules, "case_insensitive", true), upper));
    assertEquals(
        "404 error_msg no",
        ask(
            profile,
            Map.of("block_rules", rules, "rejected_code", 404, "rejected_msg", "no"),
            FakeRequest.get("/root")));
  }

  @Test
  void rule_thatTakesExponentialTimeElsewhere_takesNone() {
    FakeRequest request = FakeRequest.get("/" + "a".repeat(50_000) + "!");
    Assertions.assertTimeout(
        Duration.ofSeconds(2),
        () -> assertEquals("ok", ask(Map.of("block_rules", List.of("^/(a+)+$")), request)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(|must be an expression of RE2: missing closing )",
        "(?=x)|must be an expression of RE2: invalid or unsupported Perl syntax",
        "\\1|must be an expression of RE2: invalid escape sequence",
      })
  void rule_thatIsNoExpression_isAProblem(String rule, String problem) {
    assertEquals(
        List.of("block_rules[1]: " + problem), mistakes(Map.of("block_rules", List.of("a", rule))));
  }

  @Test
  void wrongSettings_areReported() {
    assertEquals(
        List.of("block_rules: is required: a list of at least one expression of RE2"),
        mistakes(Map.of()));
    assertEquals(
        List.of("block_rules: must be a list of at least one text, was an empty list"),
        mistakes(Map.of("block_rules", List.of())));
    assertEquals(
        List.of(
            "case_insensitive: must be true or false, was \"yes\"",
            "block_rules[1]: is there twice",
            "block_rules[2]: must have 1 to 4096 characters",
            "rejected_code: must be a whole number from 200 to 599, was 199",
            "rejected_msg: must not be empty"),
        mistakes(
            Map.of(
                "block_rules",
                List.of("a", "a", "b".repeat(4097)),
                "rejected_code",
                199,
                "rejected_msg",
                "",
                "case_insensitive",
                "yes")));
    assertEquals(List.of(), mistakes(Map.of("block_rules", List.of("b".repeat(4096)))));
  }

  @Test
  void query_withoutEscapes_isItself() {
    assertNull(UriBlocker.decoded(null));
    assertEquals("a=b&c", UriBlocker.decoded("a=b&c"));
    assertEquals("a=b %zz% é", UriBlocker.decoded("a=b+%zz%%20%C3%A9"));
  }

  private String ask(Map<String, Object> settings, FakeRequest request) {
    return ask(Profile.STRICT, settings, request);
  }

  private String ask(Profile profile, Map<String, Object> settings, FakeRequest request) {
    Decision decision =
        plugin.check(
            configured(profile, settings).valid(),
            TestRequests.call(TestRequests.consumer("acme"), request));
    if (!(decision instanceof Decision.Deny deny)) {
      return "ok";
    }
    String message = deny.reply().message();
    return deny.reply().status()
        + " "
        + (message == null ? null : deny.reply().field() + " " + message);
  }

  private List<String> mistakes(Map<String, Object> settings) {
    return configured(Profile.STRICT, settings).problems();
  }

  private Configured<UriBlocker.Config> configured(Profile profile, Map<String, Object> settings) {
    return Configured.of(
        settings,
        reader ->
            plugin.configure(
                reader, TestRequests.parts(profile, Stores.localLimits(10), new TestClock())));
  }
}
