package dev.gatehouse.internal.restrict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.Configured;
import dev.gatehouse.contract.FakeRequest;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.store.Stores;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers and body must match JSON Schemas. */
class RequestValidationTest {
  private static final Map<String, Object> ORDER =
      Map.of(
          "type",
          "object",
          "required",
          List.of("item"),
          "additionalProperties",
          false,
          "properties",
          Map.of(
              "item",
              Map.of("type", "string", "pattern", "^[a-z]+$"),
              "amount",
              Map.of("type", "number", "maximum", 10)));

  private final RequestValidation plugin = new RequestValidation();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"item\":\"tea\"}|ok",
        "{\"item\":\"tea\",\"amount\":2.5}|ok",
        "{\"item\":\"tea\",\"amount\":11}|400 $.amount: must have a maximum value of 10",
        "{\"item\":\"TEA\"}|400 $.item: does not match the regex pattern ^[a-z]+$",
        "{\"amount\":1}|400 $: required property 'item' not found",
        "{\"item\":\"tea\",\"x\":1}|400 $: property 'x' is not defined in the schema",
        "[]|400 $: array found, object expected",
        "null|400 $: null found, object expected",
      })
  void body_mustFitItsSchema(String body, String answer) {
    assertEquals(
        answer, ask(Map.of("body_schema", ORDER), post(body)).replaceAll(" and the .*", ""));
  }

  /** A body that two parsers could read differently is refused. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"item\":\"tea\",\"item\":\"coffee\"}",
        "{\"item\":\"tea\"} {}",
        "{\"item\":\"tea\"}x",
        "{item:\"tea\"}",
        "{'item':'tea'}",
        "{\"item\":\"tea\",}",
        "{\"item\":\"tea\"/**/}",
        "\ufeff{\"item\":\"tea\"}",
        "{\"item\":\"tea\",\"amount\":NaN}",
        "{\"item\":\"tea\",\"amount\":01}",
        "{\"item\":\"tea\",\"amount\":1e-999999999}",
        "",
      })
  void body_thatIsReadInTwoWays_isRefused(String body) {
    String answer = ask(Map.of("body_schema", ORDER), post(body));
    assertTrue(answer.startsWith("400 the body "), answer);
  }

  @Test
  void body_thatIsNestedDeeply_isRefused() {
    String answer = ask(Map.of("body_schema", Map.of("type", "array")), post("[".repeat(100_000)));
    assertTrue(answer.startsWith("400 the body is not JSON"), answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "item=tea|ok",
        "item=t%65a|ok",
        "item=TEA|400 $.item: does not match the regex pattern ^[a-z]+$",
        "item=tea&item=coffee|400 $.item: array found, string expected",
        "item=%zz|400 the form has a malformed escape",
        "a=b|400 $: property 'a' is not defined in the schema",
      })
  void form_mustFitItsSchema(String body, String answer) {
    FakeRequest request =
        FakeRequest.get("/")
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .body(body);
    assertEquals(answer, ask(Map.of("body_schema", ORDER), request).replaceAll(" and the .*", ""));
  }

  @Test
  void headers_mustFitTheirSchema() {
    Map<String, Object> settings =
        Map.of(
            "header_schema",
            Map.of(
                "type",
                "object",
                "required",
                List.of("x-team"),
                "properties",
                Map.of("x-team", Map.of("type", "string", "enum", List.of("blue")))));
    assertEquals("ok", ask(settings, FakeRequest.get("/").header("X-Team", "blue")));
    assertTrue(ask(settings, FakeRequest.get("/")).startsWith("400 $: required property"));
    assertTrue(ask(settings, FakeRequest.get("/").header("X-Team", "red")).startsWith("400 $.x-"));
    assertTrue(
        ask(settings, FakeRequest.get("/").header("X-Team", "blue").header("x-team", "blue"))
            .startsWith("400 $.x-team: "),
        "sent twice");
  }

  @Test
  void contentType_thatIsSentTwice_isRefused() {
    FakeRequest twice =
        post("{\"item\":\"tea\"}").header("Content-Type", "application/x-www-form-urlencoded");
    assertEquals("400 more than one Content-Type", ask(Map.of("body_schema", ORDER), twice));
  }

  @Test
  void settings_sayHowItAnswers() {
    Map<String, Object> settings =
        Map.of("body_schema", ORDER, "rejected_code", 422, "rejected_msg", "no such order");
    assertEquals("422 no such order", ask(settings, post("{}")));
    assertEquals(
        "400 the body is larger than 3 bytes",
        ask(Map.of("body_schema", ORDER, "max_req_body_size", 3), post("{\"item\":\"tea\"}")));
  }

  @Test
  void pattern_thatTakesExponentialTimeElsewhere_takesNone() {
    Map<String, Object> schema = Map.of("type", "string", "pattern", "^(a+)+$");
    FakeRequest request = post('"' + "a".repeat(50_000) + "!\"");
    assertTimeout(
        Duration.ofSeconds(2),
        () -> assertTrue(ask(Map.of("body_schema", schema), request).startsWith("400")));
  }

  @Test
  void reference_outOfTheSchema_isNotFetched() {
    List<String> mistakes =
        read(Map.of("body_schema", Map.of("$ref", "http://127.0.0.1:1/x.json"))).problems();
    assertEquals(1, mistakes.size(), mistakes::toString);
    assertTrue(
        mistakes.get(0).startsWith("body_schema: must be a JSON Schema"), mistakes::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://json-schema.org/draft-04/schema#",
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft-07/schema#",
        "https://json-schema.org/draft/2020-12/schema"
      })
  void schema_mayBeOfAnotherDraft(String draft) {
    Map<String, Object> schema = new HashMap<>(ORDER);
    schema.put("$schema", draft);
    assertEquals("ok", ask(Map.of("body_schema", schema), post("{\"item\":\"tea\"}")));
    assertTrue(ask(Map.of("body_schema", schema), post("{}")).startsWith("400"));
  }

  @Test
  void wrongSettings_areReported() {
    assertEquals(
        List.of("header_schema: is required: a JSON Schema, unless body_schema is given"),
        read(Map.of()).problems());
    List<String> mistakes =
        read(Map.of(
                "body_schema",
                Map.of("type", "objekt"),
                "header_schema",
                Map.of("pattern", "(?=x)"),
                "rejected_msg",
                "x".repeat(257),
                "rejected_code",
                199))
            .problems();
    assertEquals(4, mistakes.size(), mistakes::toString);
    assertTrue(mistakes.get(0).startsWith("rejected_msg: must have 1 to 256"), mistakes::toString);
    assertTrue(mistakes.get(1).startsWith("header_schema: must be a JSON Schema"));
    assertTrue(mistakes.get(2).startsWith("body_schema: must be a JSON Schema: $.type"));
  }

  private static FakeRequest post(String body) {
    return FakeRequest.get("/").header("Content-Type", "application/json").body(body);
  }

  private String ask(Map<String, Object> settings, FakeRequest request) {
    Decision decision =
        plugin.check(
            read(settings).valid(), TestRequests.call(TestRequests.consumer("acme"), request));
    if (!(decision instanceof Decision.Deny deny)) {
      return "ok";
    }
    Reply.Content content = deny.reply().content();
    return deny.reply().status() + " " + (content == null ? null : content.text());
  }

  private Configured<RequestValidation.Config> read(Map<String, Object> settings) {
    return Configured.of(
        settings,
        reader ->
            plugin.configure(
                reader,
                TestRequests.parts(Profile.STRICT, Stores.localLimits(10), new TestClock())));
  }
}
