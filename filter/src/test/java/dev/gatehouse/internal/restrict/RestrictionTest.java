package dev.gatehouse.internal.restrict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatehouse.Consumer;
import dev.gatehouse.Profile;
import dev.gatehouse.contract.Configured;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.store.Stores;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the restrictions by Consumer, address, user agent and referer, in both profiles where they
 * could differ.
 */
class RestrictionTest {
  private static final String NO_IP = "403 Your IP address is not allowed";
  private static final String NO_AGENT = "403 Not allowed";
  private static final String NO_REFERER = "403 Your referer host is not allowed";

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1,true",
    "192.0.2.2,false",
    "10.1.2.3,true",
    "11.1.2.3,false",
    "::ffff:10.1.2.3,true",
    "::ffff:a01:203,true",
    "2001:db8::1,true",
    "2001:0db8:0:0:0:0:0:ffff,true",
    "2001:db9::1,false",
    "::a01:203,false",
    "010.1.2.3,false",
    "10.1.2.3:80,false",
    "[2001:db8::1],false",
    "fe80::1%eth0,false",
    "unknown,false",
    "'',false",
  })
  void ip_isComparedAsAnAddress(String address, boolean listed) {
    List<String> list = List.of("192.0.2.1", "10.0.0.0/8", "2001:db8::/32");
    FakeRequest request = FakeRequest.get("/").from(address);
    boolean readable = dev.gatehouse.internal.http.IpAddress.parse(address) != null;

    assertEquals(
        listed ? "ok" : NO_IP, ask(new IpRestriction(), Map.of("whitelist", list), request));
    assertEquals(
        listed || !readable ? NO_IP : "ok",
        ask(new IpRestriction(), Map.of("blacklist", list), request));
  }

  @Test
  void ip_answersTheConfiguredMessage() {
    assertEquals(
        "404 gone",
        ask(
            new IpRestriction(),
            Map.of("blacklist", List.of("0.0.0.0/0"), "message", "gone", "response_code", 404),
            FakeRequest.get("/")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "host.example|must be an IPv4 or IPv6 address, or one with a prefix as in 10.0.0.0/8",
        "10.0.0|must be an IPv4 or IPv6 address, or one with a prefix as in 10.0.0.0/8",
        "10.0.0.0/33|must have a prefix of 0 to 32, had 33",
        "10.0.0.0/08|must have a whole number behind the slash",
        "10.0.0.0/|must have a whole number behind the slash",
        "10.0.0.1/8|has bits behind its prefix of 8",
        "::1/129|must have a prefix of 0 to 128, had 129",
        "::ffff:10.0.0.0/8|must have a prefix of 96 or more where IPv4 is mapped",
        "2001:db8::1/32|has bits behind its prefix of 32",
      })
  void ip_thatIsNoBlock_isAProblem(String text, String problem) {
    assertEquals(
        List.of("whitelist[0]: " + problem + "; was \"" + text + '"'),
        mistakes(new IpRestriction(), Map.of("whitelist", List.of(text))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "curl/8.0|true|false",
        "my curl|true|false",
        "CURL/8.0|false|true",
        "Mozilla/5.0|false|true",
        "''|false|true",
      })
  void agent_isSearchedThrough(String agent, boolean allowed, boolean notDenied) {
    FakeRequest request = FakeRequest.get("/").header("User-Agent", agent);
    List<String> list = List.of("curl", "^wget");

    assertEquals(
        allowed ? "ok" : NO_AGENT, ask(new UaRestriction(), Map.of("allowlist", list), request));
    assertEquals(
        notDenied ? "ok" : NO_AGENT, ask(new UaRestriction(), Map.of("denylist", list), request));
  }

  /** The reference passes two copies of a denied agent; that is not copied. */
  @Test
  void agent_repeated_isDeniedByOneAndAllowedByOne() {
    FakeRequest mixed =
        FakeRequest.get("/").header("User-Agent", "curl/8").header("User-Agent", "Mozilla");
    FakeRequest twice =
        FakeRequest.get("/").header("User-Agent", "curl/8").header("User-Agent", "curl/8");
    Map<String, Object> allow = Map.of("allowlist", List.of("curl"));
    Map<String, Object> deny = Map.of("denylist", List.of("curl"));

    assertEquals("ok", ask(new UaRestriction(), allow, mixed));
    assertEquals(NO_AGENT, ask(new UaRestriction(), deny, mixed));
    assertEquals(NO_AGENT, ask(new UaRestriction(), deny, twice));
  }

  @Test
  void agent_missing_isRefusedUnlessBypassed() {
    for (String list : List.of("allowlist", "denylist")) {
      assertEquals(
          NO_AGENT, ask(new UaRestriction(), Map.of(list, List.of("curl")), FakeRequest.get("/")));
      assertEquals(
          "ok",
          ask(
              new UaRestriction(),
              Map.of(list, List.of("curl"), "bypass_missing", true),
              FakeRequest.get("/")));
    }
    assertEquals(
        "403 no",
        ask(
            new UaRestriction(),
            Map.of("allowlist", List.of("curl"), "message", "no"),
            FakeRequest.get("/")));
  }

  @Test
  void agent_expressionThatTakesExponentialTimeElsewhere_takesNone() {
    FakeRequest request = FakeRequest.get("/").header("User-Agent", "a".repeat(50_000) + "!");

    org.junit.jupiter.api.Assertions.assertTimeout(
        java.time.Duration.ofSeconds(2),
        () ->
            assertEquals(
                NO_AGENT,
                ask(new UaRestriction(), Map.of("allowlist", List.of("^(a+)+$")), request)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "a{2,1}", "(?=x)", "\\1"})
  void agent_thatIsNoExpression_isAMistake(String expression) {
    List<String> found = mistakes(new UaRestriction(), Map.of("denylist", List.of(expression)));
    assertEquals(1, found.size());
    assertEquals(
        "denylist[0]: must be an expression of RE2: ",
        found.get(0).substring(0, "denylist[0]: must be an expression of RE2: ".length()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://shop.example/a?b|true",
        "http://SHOP.example:8080|true",
        "https://www.partner.example/|true",
        "https://partner.example/|false",
        "https://xpartner.example/|false",
        "https://shop.example.evil/|false",
        "https://shop.example@evil/|false",
        "https://evil/#shop.example|false",
        "ftp://shop.example/|false",
        "//shop.example/|false",
        "shop.example|false",
        "https:///|false",
        "https://[::1]/|true",
        "https://a b/|false",
      })
  void referer_isCheckedByItsHost(String referer, boolean listed) {
    List<String> list = List.of("shop.example", "*.partner.example", "[::1]");

    assertEquals(
        listed ? "ok" : NO_REFERER,
        ask(
            new RefererRestriction(),
            Map.of("whitelist", list),
            FakeRequest.get("/").header("Referer", referer)));
  }

  @Test
  void referer_blacklistStarMissingAndRepeated() {
    FakeRequest shop = FakeRequest.get("/").header("Referer", "https://shop.example/");
    FakeRequest none = FakeRequest.get("/");
    FakeRequest bad = FakeRequest.get("/").header("Referer", "shop");
    FakeRequest twice =
        FakeRequest.get("/").header("Referer", "https://a/").header("Referer", "https://b/");
    RefererRestriction plugin = new RefererRestriction();
    Map<String, Object> black = Map.of("blacklist", List.of("shop.example"));
    Map<String, Object> all = Map.of("whitelist", List.of("*"));
    Map<String, Object> bypass = Map.of("whitelist", List.of("x"), "bypass_missing", true);

    assertEquals(NO_REFERER, ask(plugin, black, shop));
    assertEquals("ok", ask(plugin, Map.of("blacklist", List.of("other.example")), shop));
    assertEquals("ok", ask(plugin, all, shop));
    assertEquals(NO_REFERER, ask(plugin, all, none));
    assertEquals(NO_REFERER, ask(plugin, all, bad));
    assertEquals("ok", ask(plugin, bypass, none));
    assertEquals(NO_REFERER, ask(plugin, bypass, bad), "it cannot be read, but it is not missing");
    assertEquals(NO_REFERER, ask(plugin, black, bad), "it cannot be read, so it may be listed");
    assertEquals(NO_REFERER, ask(plugin, bypass, twice));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void consumer_byName(Profile profile) {
    String refused = "403 The consumer_name is forbidden.";
    assertEquals("ok", consumer(profile, Map.of("whitelist", List.of("jack")), "jack", "GET"));
    assertEquals(refused, consumer(profile, Map.of("whitelist", List.of("jack")), "rose", "GET"));
    assertEquals(refused, consumer(profile, Map.of("blacklist", List.of("jack")), "jack", "GET"));
    assertEquals("ok", consumer(profile, Map.of("blacklist", List.of("jack")), "rose", "GET"));
    assertEquals(
        refused,
        consumer(
            profile,
            Map.of("whitelist", List.of("jack"), "blacklist", List.of("jack")),
            "jack",
            "GET"));
    assertEquals(
        "401 The request is rejected, please check the consumer_name for this request",
        consumer(profile, Map.of("whitelist", List.of("jack")), null, "GET"));
    assertEquals(
        "404 no",
        consumer(
            profile,
            Map.of("whitelist", List.of("jack"), "rejected_code", 404, "rejected_msg", "no"),
            "rose",
            "GET"));
  }

  @Test
  void consumer_byMethods() {
    Map<String, Object> methods =
        Map.of(
            "allowed_by_methods",
            List.of(
                Map.of("user", "jack", "methods", List.of("GET", "HEAD")),
                Map.of("user", "jack", "methods", List.of("POST"))));
    assertEquals("ok", consumer(Profile.STRICT, methods, "jack", "GET"));
    assertEquals(
        "403 The consumer_name is forbidden.", consumer(Profile.STRICT, methods, "jack", "POST"));
    assertEquals("ok", consumer(Profile.STRICT, methods, "rose", "POST"));
    Map<String, Object> noMethods = Map.of("allowed_by_methods", List.of());
    assertEquals("ok", consumer(Profile.STRICT, noMethods, "rose", "POST"));
    assertEquals(
        "401 The request is rejected, please check the consumer_name for this request",
        consumer(Profile.STRICT, noMethods, null, "POST"));

    Map<String, Object> both =
        Map.of(
            "whitelist",
            List.of("jack"),
            "allowed_by_methods",
            List.of(
                Map.of("user", "jack", "methods", List.of("GET")),
                Map.of("user", "rose", "methods", List.of("GET"))));
    assertEquals("ok", consumer(Profile.STRICT, both, "jack", "POST"));
    assertEquals(
        "403 The consumer_name is forbidden.", consumer(Profile.STRICT, both, "rose", "GET"));
  }

  @Test
  void consumer_byRouteAndByService() {
    assertEquals(
        "ok",
        consumer(
            Profile.STRICT,
            Map.of("type", "route_id", "whitelist", List.of("orders")),
            "a",
            "GET"));
    assertEquals(
        "403 The route_id is forbidden.",
        consumer(
            Profile.STRICT,
            Map.of("type", "route_id", "blacklist", List.of("orders")),
            "a",
            "GET"));
    Map<String, Object> group = Map.of("type", "consumer_group_id", "whitelist", List.of("gold"));
    assertEquals(
        "401 The request is rejected, please check the consumer_group_id for this request",
        consumer(Profile.STRICT, group, "a", "GET"));
    ConsumerRestriction plugin = new ConsumerRestriction();
    for (String id : List.of("gold", "silver")) {
      Consumer member = Consumer.named("a").group(id).build();
      assertEquals(
          id.equals("gold") ? "ok" : "403 The consumer_group_id is forbidden.",
          decisionText(
              plugin.check(
                  configured(plugin, group, Profile.STRICT).valid(),
                  TestRequests.call(member, FakeRequest.get("/")))));
    }
    Map<String, Object> shop = Map.of("type", "service_id", "whitelist", List.of("/shop"));
    assertEquals("ok", ask(plugin, shop, FakeRequest.get("/shop/a").context("/shop")));
    assertEquals("403 The service_id is forbidden.", ask(plugin, shop, FakeRequest.get("/a")));
    assertEquals(
        "ok",
        ask(
            plugin,
            Map.of("type", "service_id", "whitelist", List.of("/")),
            FakeRequest.get("/a")));
  }

  @Test
  void wrongSettings_areReported() {
    assertEquals(
        List.of("whitelist: is required: a list, unless blacklist is given"),
        mistakes(new IpRestriction(), Map.of()));
    assertEquals(
        List.of("allowlist: must not be combined with denylist"),
        mistakes(new UaRestriction(), Map.of("allowlist", List.of("a"), "denylist", List.of("b"))));
    assertEquals(
        List.of("whitelist[0]: must be a host, one behind a star as in *.example, or a star"),
        mistakes(new RefererRestriction(), Map.of("whitelist", List.of("a/b"))));
    assertEquals(
        List.of("message: must have 1 to 1024 characters"),
        mistakes(
            new IpRestriction(), Map.of("whitelist", List.of("::1"), "message", "x".repeat(1025))));
    assertEquals(
        List.of("whitelist: is required: a list, unless blacklist or allowed_by_methods is given"),
        mistakes(new ConsumerRestriction(), Map.of()));
    assertEquals(
        List.of(
            "allowed_by_methods[0].user: is required",
            "allowed_by_methods[0].methods: is required: a list of at least one method"),
        mistakes(new ConsumerRestriction(), Map.of("allowed_by_methods", List.of(Map.of()))));
    assertEquals(
        List.of(
            "type: must be one of consumer_name, consumer_group_id, service_id, route_id, was \"name\""),
        mistakes(new ConsumerRestriction(), Map.of("type", "name", "whitelist", List.of("g"))));
  }

  private static String consumer(
      Profile profile, Map<String, Object> settings, @Nullable String username, String method) {
    ConsumerRestriction plugin = new ConsumerRestriction();
    Consumer consumer = username == null ? null : TestRequests.consumer(username);
    InterceptedRequest call =
        TestRequests.call(consumer, FakeRequest.get("/orders").method(method));
    return decisionText(plugin.check(configured(plugin, settings, profile).valid(), call));
  }

  private static <C> String ask(
      ConsumerInterceptor<C> plugin, Map<String, Object> settings, FakeRequest request) {
    return decisionText(
        plugin.check(
            configured(plugin, settings, Profile.STRICT).valid(),
            TestRequests.call(TestRequests.consumer("acme"), request)));
  }

  private static <C> List<String> mistakes(
      ConsumerInterceptor<C> plugin, Map<String, Object> settings) {
    return configured(plugin, settings, Profile.STRICT).problems();
  }

  private static <C> Configured<C> configured(
      ConsumerInterceptor<C> plugin, Map<String, Object> settings, Profile profile) {
    TestClock clock = new TestClock();
    return Configured.of(
        settings,
        reader ->
            plugin.configure(reader, TestRequests.parts(profile, Stores.localLimits(10), clock)));
  }

  private static String decisionText(Decision decision) {
    return decision instanceof Decision.Deny deny
        ? deny.reply().status() + " " + deny.reply().message()
        : "ok";
  }
}
