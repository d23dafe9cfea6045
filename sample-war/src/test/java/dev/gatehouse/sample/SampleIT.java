package dev.gatehouse.sample;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls the sample as partners do. */
@ArquillianTest
class SampleIT {
  private static final URI NOWHERE = URI.create("http://127.0.0.1");
  private static final String KEY = "apikey";
  private static final String ACME = "acme-demo-key-7Qd2";
  private static final String INITECH_OLD = "initech-demo-key-old-m1Rb";
  private static final String INITECH_NEW = "initech-demo-key-new-p8Wk";
  private static final String REPORT = "Daily report";
  private static final String ECHO = "echo reached";

  @ArquillianResource URI base = NOWHERE;
  private Client client = new Client(NOWHERE);

  @Deployment(testable = false)
  static WebArchive sample() {
    return SampleWar.named("sample")
        .plusConsumers(
            TestConsumers.limited("flash", 2, 1) + TestConsumers.limited("flash-too", 2, 3600))
        .plus(EchoServlet.class)
        .archive();
  }

  @BeforeEach
  void connect() {
    client = new Client(base);
  }

  @Test
  void publicPage_needsNoKey() throws Exception {
    HttpResponse<String> page = client.get("/");
    assertEquals(200, page.statusCode());
    assertTrue(page.body().contains("<h1>Orders API</h1>"));
  }

  @Test
  void readme_showsTheRealResponses() throws Exception {
    List<ReadmeExample> calls = ReadmeExample.all();
    assertEquals(3, calls.size());
    for (ReadmeExample call : calls) {
      HttpResponse<String> answer = client.get(call.path(), call.headers().toArray(new String[0]));
      assertEquals(call.body(), answer.body().strip());
      assertTrue(call.status().isEmpty() || call.status().startsWith(answer.statusCode() + " "));
      call.shown()
          .forEach(
              (name, value) -> {
                String found = answer.headers().firstValue(name).orElse("not there");
                boolean counts = name.equals("X-RateLimit-Remaining") || name.endsWith("-Reset");
                assertEquals(counts ? found : value, found, name);
                assertFalse(found.equals("not there"), name);
              });
    }
  }

  @Test
  void wrongOrder_isRefusedWithItsReason() throws Exception {
    Map<String, String> wrong =
        Map.of(
            "{\"item\": ", "the body must be a JSON object",
            "[]", "the body must be a JSON object",
            "{\"item\": \" \"}", "item must be a text of 1 to 200 characters",
            "{\"item\": \"a\", \"quantity\": 0}", "quantity must be a whole number from 1 to 1000",
            "{\"item\": 3}", "item must be a text of 1 to 200 characters",
            "{\"item\": \"a\", \"quantity\": \"2\"}",
                "quantity must be a whole number from 1 to 1000",
            "{\"item\": \"a\", \"quantity\": 1.5}",
                "quantity must be a whole number from 1 to 1000",
            "{\"item\": \"a\", \"quantity\": 4294967297}",
                "quantity must be a whole number from 1 to 1000");
    for (Map.Entry<String, String> one : wrong.entrySet()) {
      HttpResponse<String> answer = client.post("/api/orders", one.getKey(), KEY, ACME);
      assertEquals(400, answer.statusCode(), one.getKey());
      assertEquals("{\"message\":\"" + one.getValue() + "\"}", answer.body());
    }
    HttpResponse<String> nowhere = client.get("/api/nowhere", KEY, ACME);
    assertEquals(404, nowhere.statusCode());
    assertEquals("{\"message\":\"Not Found\"}", nowhere.body());
  }

  @Test
  void api_withoutKey_isRefusedWithChallenge() throws Exception {
    HttpResponse<String> refused = client.get("/api/whoami");
    assertEquals(401, refused.statusCode());
    assertEquals("{\"message\":\"Missing API key in request\"}", refused.body().strip());
    assertEquals("application/json", type(refused));
    assertTrue(refused.headers().firstValue("WWW-Authenticate").orElse("").startsWith("apikey"));
    assertEquals("no-store", refused.headers().firstValue("Cache-Control").orElse(""));
  }

  @Test
  void api_withWrongKey_isRefused() throws Exception {
    HttpResponse<String> refused = client.get("/api/whoami", KEY, ACME + "x");
    assertEquals(401, refused.statusCode());
    assertEquals("{\"message\":\"Invalid API key in request\"}", refused.body().strip());
    assertFalse(refused.body().contains("acme"));
  }

  @Test
  void api_withRightKey_identifiesTheCallerEverywhere() throws Exception {
    HttpResponse<String> answer = client.get("/api/whoami", KEY, ACME);
    assertEquals(200, answer.statusCode());
    assertEquals(
        "{\"consumer\":\"acme\",\"credential\":\"main\","
            + "\"labels\":{\"roles\":\"buyer,auditor\",\"tier\":\"gold\"},"
            + "\"principal\":\"acme\",\"roles\":[\"buyer\",\"auditor\"]}",
        answer.body());
    assertEquals("100000", answer.headers().firstValue("X-RateLimit-Limit").orElse(""));
  }

  @Test
  void api_withOldAndNewKey_knowsWhichOneWasUsed() throws Exception {
    String old = client.get("/api/whoami", KEY, INITECH_OLD).body();
    String fresh = client.get("/api/whoami", KEY, INITECH_NEW).body();
    assertTrue(old.startsWith("{\"consumer\":\"initech\",\"credential\":\"old\""), old);
    assertTrue(fresh.startsWith("{\"consumer\":\"initech\",\"credential\":\"new\""), fresh);
  }

  @Test
  void orders_belongToTheirConsumer() throws Exception {
    HttpResponse<String> placed =
        client.post("/api/orders", "{\"item\":\"teapot\",\"quantity\":2}", KEY, ACME);
    assertEquals(201, placed.statusCode());
    String path = URI.create(placed.headers().firstValue("Location").orElse("")).getPath();
    HttpResponse<String> own = client.get(path.substring(client.context().length()), KEY, ACME);
    HttpResponse<String> foreign =
        client.get(path.substring(client.context().length()), KEY, INITECH_NEW);
    assertAll(
        () -> assertEquals(placed.body(), own.body()),
        () -> assertTrue(client.get("/api/orders", KEY, ACME).body().contains(placed.body())),
        () -> assertEquals(404, foreign.statusCode()),
        () -> assertFalse(foreign.body().contains("teapot")),
        () -> assertEquals("[]", client.get("/api/orders", KEY, INITECH_NEW).body()));
  }

  @Test
  void limit_whenExhausted_refusesAndRecoversWithTheWindow() throws Exception {
    String key = TestConsumers.key("flash");
    long start = System.nanoTime();
    assertEquals(200, client.get("/api/whoami", KEY, key).statusCode());
    assertEquals(200, client.get("/api/whoami", KEY, key).statusCode());
    HttpResponse<String> refused = client.get("/api/whoami", KEY, key);
    assertEquals(429, refused.statusCode());
    assertFalse(refused.body().contains("flash"));
    assertEquals("0", refused.headers().firstValue("X-RateLimit-Remaining").orElse(""));
    assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
    assertEquals(200, client.get("/api/whoami", KEY, ACME).statusCode());

    HttpResponse<String> again = refused;
    while (again.statusCode() == 429 && since(start).compareTo(Duration.ofSeconds(30)) < 0) {
      again = client.get("/api/whoami", KEY, key);
    }
    assertEquals(200, again.statusCode());
    assertTrue(since(start).compareTo(Duration.ofSeconds(1)) >= 0, () -> "after " + since(start));
  }

  @Test
  void limit_isSharedByAllPathsOfTheConsumer_andOnlyByThem() throws Exception {
    String key = TestConsumers.key("flash-too");
    assertEquals(200, client.get("/api/whoami", KEY, key).statusCode());
    assertEquals(200, client.get("/api/orders", KEY, key).statusCode());
    HttpResponse<String> refused = client.get("/api/echo", KEY, key);
    assertEquals(429, refused.statusCode());
    assertFalse(refused.body().contains(ECHO));
    assertEquals(200, client.get("/api/echo", KEY, ACME).statusCode());
  }

  @Test
  void report_isForGoldOnly() throws Exception {
    HttpResponse<String> gold = client.get("/reports/daily", KEY, ACME);
    HttpResponse<String> silver = client.get("/reports/daily", KEY, INITECH_NEW);
    HttpResponse<String> withoutKey = client.get("/reports/daily");
    assertAll(
        () -> assertEquals(200, gold.statusCode()),
        () -> assertTrue(gold.body().startsWith(REPORT + " for acme: ")),
        () -> assertEquals(403, silver.statusCode()),
        () -> assertEquals("{\"message\":\"The consumer is forbidden.\"}", silver.body().strip()),
        () -> assertEquals(401, withoutKey.statusCode()),
        () -> assertFalse(withoutKey.body().contains(REPORT)));
  }

  @Test
  void refusal_asProblem_whenTheClientAsksForIt() throws Exception {
    HttpResponse<String> refused = client.get("/api/whoami", "Accept", "application/problem+json");
    assertEquals(401, refused.statusCode());
    assertEquals("application/problem+json", type(refused));
    assertTrue(refused.body().contains("Missing API key in request"), refused.body());
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static String type(HttpResponse<String> response) {
    String value = response.headers().firstValue("Content-Type").orElse("");
    return value.replaceAll(";.*", "");
  }

  @Test
  void health_reportsWhetherCallersCanBeAuthenticated() throws Exception {
    HttpResponse<String> ready = new Client(base.resolve("/")).get("/health/ready");
    assertEquals(200, ready.statusCode(), ready.body());
    assertTrue(ready.body().contains("\"gatehouse\""), ready.body());
    assertTrue(ready.body().contains("\"change-feed-age-millis\""), ready.body());
  }

  @Test
  void metrics_countDecisions() throws Exception {
    assertEquals(401, client.get("/api/whoami", "apikey", "no-such-key").statusCode());
    String metrics = new Client(base.resolve("/")).get("/metrics").body();
    assertTrue(
        metrics
            .lines()
            .anyMatch(
                line ->
                    line.startsWith("gatehouse_requests_total{")
                        && line.contains("decision=\"refused\"")
                        && line.contains("plugin=\"key-auth\"")),
        metrics);
  }
}
