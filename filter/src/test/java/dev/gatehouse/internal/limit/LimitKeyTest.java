package dev.gatehouse.internal.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.Configured;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.internal.restrict.TestRequests;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitKeyTest {
  private static final InterceptedRequest CALL =
      TestRequests.call(
          TestRequests.consumer("acme"),
          FakeRequest.get("/app/ord%65rs/1?user=a%20b&user=c&empty=&flag")
              .context("/app")
              .method("POST")
              .header("Host", "Api.Example.ORG:8443")
              .header("X-Api-Key", "k1")
              .header("X-Api-Key", "k2")
              .header("X-Empty", "")
              .cookie("sid", "s1")
              .from("198.51.100.7"));

  @ParameterizedTest
  @CsvSource({
    "remote_addr,198.51.100.7",
    "consumer_name,acme",
    "route_name,orders",
    "uri,/app/orders/1",
    "host,api.example.org",
    "request_method,POST",
    "remote_port,40000",
    "server_addr,127.0.0.1",
    "server_port,8080",
    "service_id,/app",
    "service_name,/app",
    "route_id,orders",
    "scheme,http",
    "request_uri,/app/ord%65rs/1?user=a%20b&user=c&empty=&flag",
    "args,user=a%20b&user=c&empty=&flag",
    "http_x_api_key,k1",
    "http_X_Api_Key,k1",
    "arg_user,a b",
    "cookie_sid,s1"
  })
  void counter_ofAVariable_hasItsValue(String key, String value) {
    assertEquals(value, key("var", key).counter(CALL).value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http_x_other", "http_x_empty", "arg_none", "arg_empty", "arg_flag", "cookie_x"})
  void counter_whenTheVariableIsMissing_isTheAddress(String key) {
    assertEquals("198.51.100.7", key("var", key).counter(CALL).value());
  }

  /** A client with IPv6 had as many counters as its network has addresses. */
  @Test
  void counter_ofAnIpv6Client_isThatOfItsNetwork() {
    for (LimitKey key :
        List.of(
            key("var", "remote_addr"),
            key("var", "http_x_none"),
            key("var_combination", "$remote_addr $http_x_none"))) {
      CounterKey counter = counterOf(key, "2001:db8:1:2::1");
      assertEquals(counter, counterOf(key, "2001:db8:1:2:ffff::9"));
      assertNotEquals(counter, counterOf(key, "2001:db8:1:3::1"));
      assertNotEquals(counterOf(key, "192.0.2.1"), counterOf(key, "192.0.2.2"));
      assertEquals(counterOf(key, "192.0.2.1"), counterOf(key, "::ffff:192.0.2.1"));
    }
  }

  @Test
  void counter_withAnIpv6PrefixOf128_isThatOfTheAddress() {
    LimitKey key = LimitKeyTest.withPrefix(128).valid();
    assertNotEquals(counterOf(key, "2001:db8::1"), counterOf(key, "2001:db8::2"));
    assertEquals(counterOf(key, "2001:db8::1"), counterOf(key, "2001:db8:0::1"));
    assertEquals(
        List.of("ipv6_prefix: must be a whole number from 1 to 128, was 129"),
        withPrefix(129).problems());
  }

  private static Configured<LimitKey> withPrefix(int prefix) {
    return Configured.of(
        Map.of("ipv6_prefix", prefix), reader -> LimitKey.read(reader, "limit-count"));
  }

  private static CounterKey counterOf(LimitKey key, String address) {
    return key.counter(TestRequests.call(null, FakeRequest.get("/").from(address)));
  }

  @Test
  void counter_withoutIdentity_isTheAddress() {
    InterceptedRequest unidentified = TestRequests.call(null, FakeRequest.get("/"));

    assertEquals("192.0.2.1", key("var", "consumer_name").counter(unidentified).value());
  }

  @Test
  void counter_ofAnAddressSentAsValue_isNotTheCounterOfThatAddress() {
    LimitKey key = key("var", "http_x_client");
    FakeRequest attacker = FakeRequest.get("/").header("X-Client", "198.51.100.7");

    CounterKey sent = key.counter(TestRequests.call(null, attacker));
    CounterKey victim = key.counter(CALL);

    assertEquals(victim.value(), sent.value());
    assertNotEquals(victim, sent);
  }

  @Test
  void counter_ofDifferentKeys_differs() {
    FakeRequest request = FakeRequest.get("/").header("X-A", "acme");
    InterceptedRequest call = TestRequests.call(TestRequests.consumer("acme"), request);

    assertNotEquals(
        key("var", "http_x_a").counter(call), key("var", "consumer_name").counter(call));
    assertNotEquals(
        key("constant", "acme").counter(call), key("var", "consumer_name").counter(call));
    assertEquals(key("var", "http_x_a").counter(call), key("var", "http_x_a").counter(call));
  }

  @Test
  void counter_ofALongValue_staysSmallAndDistinct() {
    LimitKey key = key("var", "http_x_a");
    String big = "x".repeat(8_000);

    CounterKey first =
        key.counter(TestRequests.call(null, FakeRequest.get("/").header("x-a", big)));
    CounterKey second =
        key.counter(TestRequests.call(null, FakeRequest.get("/").header("x-a", big + "y")));

    assertTrue(first.value().length() < 64);
    assertNotEquals(first, second);
  }

  @Test
  void counter_ofAConstant_isTheText() {
    assertEquals("$remote_addr", key("constant", "$remote_addr").counter(CALL).value());
  }

  @Test
  void counter_byDefault_isTheAddress() {
    assertEquals("198.51.100.7", read(Map.of()).valid().counter(CALL).value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$remote_addr $consumer_name|198.51.100.7 acme",
        "${remote_addr}-${ consumer_name }|198.51.100.7-acme",
        "$consumer_name$http_none|acme",
        "${http_none ?? none}/$consumer_name|none/acme",
        "${http_none ?? none}|none",
        "${http_x_api_key??none}|k1",
        "a\\$b$consumer_name|a$bacme",
        "[$consumer_name]|[acme]",
        "$http_none-$arg_none|198.51.100.7"
      })
  void counter_ofATemplate_isItsText(String template, String value) {
    assertEquals(value, key("var_combination", template).counter(CALL).value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$remote_addr",
        "remote",
        "server_name",
        "http_",
        "arg_",
        "cookie_",
        "http_x y",
        "_x",
        "URI"
      })
  void read_whenTheVariableIsUnknown_namesTheKnownOnes(String key) {
    assertEquals(
        List.of(
            "key: must name a known variable: remote_addr, remote_port, server_addr, server_port,"
                + " consumer_name, consumer_group_id, route_id, route_name, service_id,"
                + " service_name, scheme, host, request_method, uri, request_uri, args,"
                + " http_<header>, arg_<parameter>, cookie_<name>; was \""
                + key
                + '"'),
        read(Map.of("key", key)).problems());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "remote_addr|holds no variable",
        "\\$remote_addr|holds no variable",
        "$|has a $ without a name",
        "$consumer_name$ x|has a $ without a name",
        "${consumer_name|has a ${ without its }",
        "$consumer_nam|names the unknown variable \"consumer_nam\"; known variables: remote_addr",
        "${}|names the unknown variable \"\"",
        "$consumer_name.x|names the unknown variable \"consumer_name.x\""
      })
  void read_whenTheTemplateIsWrong_saysWhy(String template, String problem) {
    List<String> mistakes = read(Map.of("key", template, "key_type", "var_combination")).problems();

    assertEquals(1, mistakes.size());
    assertTrue(mistakes.get(0).startsWith("key: " + problem), mistakes.toString());
  }

  @Test
  void read_whenTheTypeIsUnknown_isRefused() {
    assertEquals(
        List.of("key_type: must be one of var, var_combination, constant, was \"vars\""),
        read(Map.of("key_type", "vars")).problems());
  }

  private static LimitKey key(String type, String key) {
    return read(Map.of("key", key, "key_type", type)).valid();
  }

  private static Configured<LimitKey> read(Map<String, String> settings) {
    return Configured.of(settings, reader -> LimitKey.read(reader, "limit-count"));
  }
}
