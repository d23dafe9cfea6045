package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.contract.ConcurrentTasks;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.internal.jpa.AdminServer.Answer;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Admin API over a database, on a real server: what it takes, gives and refuses. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AdminApiTest {
  private static final String JACK =
      "{\"username\":\"jack\",\"desc\":\"a partner\",\"labels\":{\"tier\":\"gold\"},"
          + "\"plugins\":{\"limit-count\":{\"count\":100,\"time_window\":60}}}";

  private final JdbcDataSource database = Databases.h2();
  private final AdminServer server;

  AdminApiTest(@TempDir Path documents) {
    server = AdminServer.start(documents, database);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String keyAuth(String name, String key) {
    return "{\"name\":\"" + name + "\",\"plugins\":{\"key-auth\":{\"key\":\"" + key + "\"}}}";
  }

  @Test
  void consumer_isCreatedShownReplacedAndRemoved() {
    Answer created = server.put("/consumers", JACK);
    assertEquals(201, created.status(), created.text());
    assertEquals("/apisix/consumers/jack", created.body().path("key").asText());
    Answer shown = server.get("/consumers/jack");
    assertEquals(created.body(), shown.body());
    JsonNode value = shown.body().path("value");
    assertEquals("a partner", value.path("desc").asText());
    assertEquals("gold", value.at("/labels/tier").asText());
    assertEquals(100, value.at("/plugins/limit-count/count").asInt());
    assertTrue(value.path("create_time").isIntegralNumber());

    Answer replaced = server.put("/consumers/jack", "{\"username\":\"jack\"}");
    assertEquals(200, replaced.status());
    assertFalse(replaced.body().path("value").has("desc"), "a full replacement");
    assertEquals(value.path("create_time"), replaced.body().at("/value/create_time"));
    assertNotEquals(shown.etag(), replaced.etag());

    Answer removed = server.delete("/consumers/jack");
    assertEquals(
        "{\"deleted\":\"1\",\"key\":\"/apisix/consumers/jack\"}", sorted(removed), removed.text());
    assertEquals(404, server.get("/consumers/jack").status());
    assertEquals("Key not found", server.delete("/consumers/jack").error());
  }

  private static String sorted(Answer answer) {
    return "{\"deleted\":"
        + answer.body().path("deleted")
        + ",\"key\":"
        + answer.body().path("key")
        + "}";
  }

  @Test
  void credential_isAcceptedAtOnce_andRefusedAtOnceWhenRemoved() {
    server.put("/consumers/jack", JACK);
    assertFalse(server.opens("jacks-key"));
    Answer created = server.put("/consumers/jack/credentials/c1", keyAuth("main", "jacks-key"));
    assertEquals(201, created.status(), created.text());
    assertEquals("/apisix/consumers/jack/credentials/c1", created.body().path("key").asText());
    assertTrue(server.opens("jacks-key"));
    assertEquals(
        200, server.put("/consumers/jack/credentials/c1", keyAuth("main", "other")).status());
    assertFalse(server.opens("jacks-key"));
    assertTrue(server.opens("other"));
    assertEquals(
        200, server.patch("/consumers/jack/credentials/c1", "{\"disabled\":true}").status());
    assertFalse(server.opens("other"));
    assertEquals(
        200, server.patch("/consumers/jack/credentials/c1", "{\"disabled\":null}").status());
    assertTrue(server.opens("other"));
    assertEquals(200, server.delete("/consumers/jack/credentials/c1").status());
    assertFalse(server.opens("other"));
    assertEquals(404, server.get("/consumers/jack/credentials").status());
    assertEquals(404, server.delete("/consumers/jack/credentials/c1").status());
  }

  /** The most usual call of the reference's people. */
  @Test
  void inlineCredential_isOneOfTheConsumer() {
    String inline = "{\"username\":\"jack\",\"plugins\":{\"key-auth\":{\"key\":\"auth-one\"}}}";
    assertEquals(201, server.put("/consumers", inline).status());
    server.put("/consumers/jack/credentials/c1", keyAuth("main", "named"));
    assertTrue(server.opens("auth-one"));
    Answer shown = server.get("/consumers/jack");
    assertTrue(shown.body().at("/value/plugins/key-auth").isObject());
    assertFalse(shown.text().contains("auth-one"));
    assertEquals(1, server.get("/consumers/jack/credentials").body().path("total").asInt());

    assertEquals(200, server.patch("/consumers/jack", "{\"desc\":\"x\"}").status());
    assertTrue(server.opens("auth-one"), "a patch of something else leaves it");
    assertEquals(200, server.put("/consumers", "{\"username\":\"jack\"}").status());
    assertFalse(server.opens("auth-one"), "a replacement without it removes it");
    assertTrue(server.opens("named"), "and leaves the others");
  }

  @Test
  void generatedKey_isShownOnceAndRotated() {
    server.put("/consumers/jack", JACK);
    Answer made =
        server.post(
            "/consumers/jack/credentials", "{\"name\":\"main\",\"plugins\":{\"key-auth\":{}}}");
    assertEquals(201, made.status(), made.text());
    String key = made.body().at("/generated/key").asText();
    assertTrue(key.matches("gh_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}"), key);
    String id = made.body().at("/value/id").asText();
    assertTrue(server.opens(key));
    assertFalse(server.get("/consumers/jack/credentials/" + id).text().contains(key));

    Answer rotated =
        server.post("/consumers/jack/credentials/" + id + "/rotate", "{\"overlap\":3600}");
    assertEquals(201, rotated.status(), rotated.text());
    String next = rotated.body().at("/generated/key").asText();
    assertTrue(server.opens(key) && server.opens(next), "both, during the overlap");
    assertTrue(
        server.get("/consumers/jack/credentials/" + id).body().at("/value").has("expires_at"));
    assertEquals(201, server.post("/consumers/jack/credentials/" + id + "/rotate", "").status());
    assertFalse(server.opens(key), "without an overlap the old one ends");
    assertTrue(server.opens(next));
  }

  @Test
  void rotatedCredential_hasTheRightsOfTheOldOne() {
    server.put("/consumers/jack", JACK);
    String token =
        "{\"name\":\"t\",\"expires_at\":\"2099-01-01T00:00:00Z\",\"plugins\":{\"jwt-auth\":"
            + "{\"key\":\"k\",\"algorithm\":\"HS512\",\"issuer\":\"them\",\"audience\":\"us\"}}}";
    Answer made = server.post("/consumers/jack/credentials", token);
    assertEquals(201, made.status(), made.text());
    String path = "/consumers/jack/credentials/" + made.body().at("/value/id").asText();
    Answer rotated = server.post(path + "/rotate", "{\"overlap\":60}");
    assertEquals(201, rotated.status(), rotated.text());
    assertEquals("2099-01-01T00:00:00Z", rotated.body().at("/value/expires_at").asText());
    List<String> stored =
        Databases.ask(
            database, "SELECT settings FROM gatehouse_credentials WHERE plugin = 'jwt-auth'");
    assertEquals(2, stored.size());
    for (String settings : stored) {
      assertTrue(settings.contains("\"issuer\":\"them\""), settings);
      assertTrue(settings.contains("\"audience\":\"us\""), settings);
      assertTrue(settings.contains("\"algorithm\":\"HS512\""), settings);
    }
    assertNotEquals(made.body().at("/generated/secret"), rotated.body().at("/generated/secret"));

    server.put("/consumers/jack/credentials/c1", keyAuth("main", "jacks-key"));
    server.patch("/consumers/jack/credentials/c1", "{\"disabled\":true}");
    assertEquals(400, server.post("/consumers/jack/credentials/c1/rotate", "").status());
    server.patch(
        "/consumers/jack/credentials/c1",
        "{\"disabled\":null,\"expires_at\":\"2001-01-01T00:00:00Z\"}");
    assertEquals(400, server.post("/consumers/jack/credentials/c1/rotate", "").status());
    assertEquals(3, server.get("/consumers/jack/credentials").body().path("total").asInt());
  }

  @Test
  void lastUse_isShownAfterAWhile_andIsNoEdit() {
    server.put("/consumers/jack", JACK);
    server.put("/consumers/jack/credentials/c1", keyAuth("main", "jacks-key"));
    server.put("/consumers/jack/credentials/c2", keyAuth("spare", "jacks-spare"));
    Answer before = server.get("/consumers/jack/credentials/c1");
    assertFalse(before.body().has("last_used_at"));
    assertTrue(server.opens("jacks-key"));
    until(() -> server.get("/consumers/jack/credentials/c1").body().has("last_used_at"));
    Answer used = server.get("/consumers/jack/credentials/c1");
    assertEquals(before.etag(), used.etag());
    assertEquals(before.body().path("value"), used.body().path("value"));
    assertFalse(server.get("/consumers/jack/credentials/c2").body().has("last_used_at"));
  }

  @Test
  void usage_isWhatThisNodeHasCounted() {
    server.put("/consumers/jack", JACK.replace("60}", "60,\"key\":\"consumer_name\"}"));
    server.put("/consumers/jack/credentials/c1", keyAuth("main", "jacks-key"));
    assertEquals(0, server.get("/consumers/jack/usage").body().path("total").asInt());
    for (int i = 0; i < 3; i++) {
      assertTrue(server.opens("jacks-key"));
    }
    Answer usage = server.get("/consumers/jack/usage");
    assertEquals(1, usage.body().path("total").asInt(), usage.text());
    JsonNode limit = usage.body().at("/list/0");
    assertEquals("consumer", limit.path("layer").asText());
    assertEquals("jack", limit.path("owner").asText());
    assertEquals("jack", limit.path("key").asText());
    assertEquals(100, limit.path("limit").asInt());
    assertEquals(97, limit.path("remaining").asInt());
    assertEquals(60, limit.path("time_window").asInt());
    assertTrue(limit.path("reset").asInt() <= 60);
    assertEquals(0, server.get("/consumers/fixed/usage").body().path("total").asInt());
    assertEquals(404, server.get("/consumers/nobody/usage").status());
    assertEquals(405, server.delete("/consumers/jack/usage").status());
    assertEquals(404, server.get("/consumers/jack/usage/x").status());
  }

  /** A limit may count by a header, which may be a key. */
  @Test
  void usageOfALimitByHeader_doesNotShowTheHeader() {
    server.put("/consumers/jack", JACK.replace("60}", "60,\"key\":\"http_apikey\"}"));
    server.put("/consumers/jack/credentials/c1", keyAuth("main", "jacks-key"));
    assertTrue(server.opens("jacks-key"));
    Answer usage = server.get("/consumers/jack/usage");
    assertEquals(1, usage.body().path("total").asInt(), usage.text());
    assertFalse(usage.text().contains("jacks-key"), usage.text());
  }

  @Test
  void usageOfATemplateThatEndsLikeAConsumersName_doesNotShowTheHeader() {
    String template = "60,\"key_type\":\"var_combination\",\"key\":\"$http_apikey consumer_name\"}";
    server.put("/consumers/jack", JACK.replace("60}", template));
    server.put("/consumers/jack/credentials/c1", keyAuth("main", "jacks-key"));
    assertTrue(server.opens("jacks-key"));
    Answer usage = server.get("/consumers/jack/usage");
    assertEquals(1, usage.body().path("total").asInt(), usage.text());
    assertFalse(usage.text().contains("jacks-key"), usage.text());
  }

  @Test
  void pathsBelowACredential_areNotTheCredential() {
    server.put("/consumers/jack", JACK);
    server.put("/consumers/jack/credentials/c1", keyAuth("main", "jacks-key"));
    for (String method : List.of("GET", "PUT", "PATCH", "DELETE")) {
      String body = method.equals("GET") || method.equals("DELETE") ? "" : "{\"disabled\":true}";
      assertEquals(
          405, server.send(method, "/consumers/jack/credentials/c1/rotate", body).status());
      assertEquals(404, server.send(method, "/consumers/jack/credentials/c1/x", body).status());
      assertEquals(
          404, server.send(method, "/consumers/jack/credentials/c1/rotate/x", body).status());
    }
    assertTrue(server.opens("jacks-key"), "nothing happened to it");
  }

  @Test
  void everyChange_isAuditedWithItsStatus() {
    List<String> said = new CopyOnWriteArrayList<>();
    Handler handler = saying(said);
    Logger audit = Logger.getLogger("dev.gatehouse.audit");
    audit.addHandler(handler);
    try {
      server.put("/consumers/jack", JACK);
      server.put("/consumers/jack", "{}");
      server.put("/consumers/jack", JACK, "If-None-Match", "*");
      server.delete("/consumers/nobody");
      server.get("/consumers/jack");
      server.raw("DELETE", "/consumers/jack", new byte[0], "X-API-KEY", "a-wrong-key-of-an-admin");
    } finally {
      audit.removeHandler(handler);
    }
    assertEquals(
        List.of(
            "ops PUT /consumers/jack -> 201, from 127.0.0.1",
            "ops PUT /consumers/jack -> 400, from 127.0.0.1",
            "ops PUT /consumers/jack -> 412, from 127.0.0.1",
            "ops DELETE /consumers/nobody -> 404, from 127.0.0.1",
            "nobody DELETE /consumers/jack -> 401, from 127.0.0.1"),
        said);
    JsonNode stored = server.get("/audit").body().path("list");
    assertEquals(4, stored.size(), "callers without a key add no rows");
    assertEquals("DELETE", stored.at("/0/action").asText());
    assertEquals("/consumers/jack", stored.at("/3/resource").asText());
    assertEquals("ops", stored.at("/3/who").asText());
    assertEquals(201, stored.at("/3/status").asInt());
    assertEquals("127.0.0.1", stored.at("/3/source").asText());
    long last = stored.at("/2/number").asLong();
    Answer rest = server.get("/audit?page_size=5&before=" + last);
    assertEquals(1, rest.body().path("list").size(), rest.text());
    for (String wrong : List.of("page_size=0", "page_size=501", "before=x", "page_size=-1")) {
      assertEquals(400, server.get("/audit?" + wrong).status(), wrong);
    }
    assertEquals(405, server.delete("/audit").status());
    assertEquals(404, server.get("/audit/1").status());
  }

  private static Handler saying(List<String> said) {
    return new Handler() {
      @Override
      public void publish(LogRecord entry) {
        said.add(MessageFormat.format(entry.getMessage(), entry.getParameters()));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  @Test
  void listsThatAreTooLong_areRefusedWithoutPages() {
    List<ConsumerEntry> many = new ArrayList<>();
    for (int i = 0; i <= 10_000; i++) {
      many.add(Entries.entry("m" + i));
    }
    try (ConsumerRepository store = JpaConsumerStores.on(database).open()) {
      store.putAll(many);
    }
    for (String query : List.of("", "?after=a", "?prefix=m", "?page=1")) {
      Answer refused = server.get("/consumers" + query);
      assertEquals(400, refused.status(), query);
      assertTrue(refused.error().contains("page_size"), refused.error());
    }
    assertEquals(10, names(server.get("/consumers?after=a&page_size=10")).size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /consumers/jack | | missing configurations
          /consumers/jack | {"username":"jack","create_time":1} | the property is forbidden:  create_time
          /consumers/jack | {"desc":"x"} | invalid configuration: property "username" is required
          /consumers/jack | {"username":"jack","nick":"x"} | invalid configuration: nick: is not known
          /consumers/jack | {"username":"jo hn"} | invalid configuration: username: must match
          /consumers/jack | {"username":"john"} | wrong username
          /consumers/jack | {"username":"jack","labels":{"a":"b c"}} | invalid configuration: labels.a: must
          /consumers/jack | {"username":"jack","plugins":{"nope":{}}} | invalid plugins configuration: unknown plugin [nope]
          /consumers/jack | {"username":"jack","plugins":{"limit-count":{"count":0,"time_window":1}}} | invalid plugins configuration: failed to check the configuration of plugin limit-count err: plugins.limit-count.count
          /consumers/jack | {"username":"jack","plugins":{"limit-count":"blah"}} | invalid plugins configuration: failed to check the configuration of plugin limit-count err:
          /consumers/jack | {"username":"jack","group_id":"silver"} | failed to fetch consumer group info by consumer group id [silver], response code: 404
          /consumers/jack | {"username":"jack","plugins":{"key-auth":{"key":"taken"}}} | duplicate key of plugin key-auth found with credential: c1 of consumer: anna
          /consumers/jack | {"username":"jack","username":"jack"} | invalid request body: must be one JSON object
          /consumers/jack | {"username":"jack"} x | invalid request body: must be one JSON object
          /consumers/jack | [] | invalid request body: must be an object
          /consumers/jack | {"username":"jack","desc":null} | invalid configuration: desc: must not be null
          /consumers/jack | {"username":"jack","plugins":{"key-auth":{"key":"$env://PATH"}}} | invalid configuration: plugins.key-auth.key: must be the value itself
          /consumers/anna/credentials/c2 | | missing configurations
          /consumers/anna/credentials | {"name":"x","plugins":{"key-auth":{"key":"k"}}} | missing credential id
          /consumers/anna/credentials/c2 | {"id":"c3","name":"x","plugins":{"key-auth":{"key":"k"}}} | wrong credential id
          /consumers/anna/credentials/c2 | {"name":"x","update_time":1} | the property is forbidden:  update_time
          /consumers/anna/credentials/c2 | {"name":"x"} | invalid configuration: property "plugins" validation failed: expect object to have at least 1 properties
          /consumers/anna/credentials/c2 | {"name":"x","plugins":{"key-auth":{"key":"k"},"jwt-auth":{"key":"k"}}} | invalid configuration: property "plugins" validation failed: expect object to have at most 1 properties
          /consumers/anna/credentials/c2 | {"name":"x","plugins":{"key-auth":{}}} | invalid plugins configuration: failed to check the configuration of plugin key-auth err: property "key" is required
          /consumers/anna/credentials/c2 | {"name":"x","plugins":{"acl":{}}} | only supports auth type plugins in consumer credential
          /consumers/anna/credentials/c2 | {"plugins":{"key-auth":{"key":"k"}}} | invalid configuration: property "name" is required
          /consumers/anna/credentials/c2 | {"name":"x","plugins":{"key-auth":{"key":"taken"}}} | duplicate key of plugin key-auth found with credential: c1 of consumer: anna
          """)
  void write_thatIsWrong_isRefusedInTheReferencesWords(String path, String body, String error) {
    server.put("/consumers/anna", "{\"username\":\"anna\"}");
    server.put("/consumers/anna/credentials/c1", keyAuth("main", "taken"));
    Answer before = server.get("/consumers");

    Answer refused = server.put(path, body == null ? "" : body);

    assertEquals(400, refused.status(), refused.text());
    assertTrue(refused.error().startsWith(error), refused.error());
    assertEquals(before.body(), server.get("/consumers").body(), "nothing was written");
    assertEquals(1, server.get("/consumers/anna/credentials").body().path("total").asInt());
    assertTrue(server.opens("taken"), "positive control");
  }

  @Test
  void credentialOfAnUnknownConsumer_isRefusedLast() {
    Answer refused = server.put("/consumers/nobody/credentials/c1", keyAuth("main", "k"));
    assertEquals(404, refused.status());
    assertEquals("consumer not found", refused.error());
    assertEquals(400, server.put("/consumers/nobody/credentials/c1", "{}").status());
  }

  @Test
  void unknownMethodsAndResources_areAnsweredWith404And405() {
    assertEquals(405, server.post("/consumers", JACK).status());
    assertEquals(
        "not supported `POST` method for consumer", server.post("/consumers", JACK).error());
    assertEquals(404, server.get("/routes").status());
    assertEquals("Unsupported resource type: routes", server.get("/routes").error());
    assertEquals("not found", server.get("/consumers/jack/keys").error());
    server.put("/consumers/jack", JACK);
    assertEquals("missing credential id", server.delete("/consumers/jack/credentials").error());
  }

  @Test
  void edits_thatAreBasedOnAnOldState_areRefused() {
    String first = server.put("/consumers/jack", JACK).etag();
    String second = server.put("/consumers/jack", JACK, "If-Match", first).etag();
    Answer late = server.put("/consumers/jack", JACK, "If-Match", first);
    assertEquals(412, late.status(), late.text());
    assertEquals(412, server.patch("/consumers/jack", "{}", "If-Match", first).status());
    assertEquals(412, server.delete("/consumers/jack", "If-Match", first).status());
    assertEquals(412, server.put("/consumers/jack", JACK, "If-None-Match", "*").status());
    assertEquals(400, server.put("/consumers/jack", JACK, "If-Match", "x").status());
    String body = "{\"username\":\"new\"}";
    assertEquals(412, server.put("/consumers/new", body, "If-Match", "*").status());
    assertEquals(201, server.put("/consumers/new", body, "If-None-Match", "*").status());
    assertEquals(200, server.delete("/consumers/jack", "If-Match", second).status());
    String again = server.put("/consumers/jack", JACK).etag();
    assertNotEquals(first, again, "a new one of the same name");

    String path = "/consumers/jack/credentials/c1";
    String made = server.put(path, keyAuth("main", "k1")).etag();
    assertEquals(200, server.put(path, keyAuth("main", "k2"), "If-Match", made).status());
    assertEquals(412, server.put(path, keyAuth("main", "k3"), "If-Match", made).status());
    assertEquals(412, server.delete(path, "If-Match", made).status());
    assertTrue(server.opens("k2"));
  }

  @Test
  void concurrentPatches_areAllStored() throws Exception {
    server.put("/consumers/jack", "{\"username\":\"jack\"}");
    AtomicInteger next = new AtomicInteger();
    int writers = 4;
    int each = 10;
    List<Integer> stored =
        ConcurrentTasks.run(
            writers,
            () -> {
              int self = next.getAndIncrement();
              int done = 0;
              while (done < each) {
                String patch = "{\"labels\":{\"l%d-%d\":\"x\"}}".formatted(self, done);
                if (server.patch("/consumers/jack", patch).status() == 200) {
                  done++;
                }
              }
              return done;
            });
    assertEquals(writers, stored.size());
    assertEquals(writers * each, server.get("/consumers/jack").body().at("/value/labels").size());
  }

  @Test
  void sameKeyForTwoConsumers_isAssignedToOne() throws Exception {
    for (int i = 0; i < 2; i++) {
      server.put("/consumers/c" + i, "{\"username\":\"c" + i + "\"}");
    }
    AtomicInteger next = new AtomicInteger();
    List<Integer> answers =
        ConcurrentTasks.run(
            50,
            () ->
                server
                    .put(
                        "/consumers/c" + next.getAndIncrement() % 2 + "/credentials/k",
                        keyAuth("main", "wanted"))
                    .status());
    assertEquals(1, answers.stream().filter(status -> status == 201).count(), answers.toString());
    assertEquals(24, answers.stream().filter(status -> status == 200).count(), answers.toString());
    assertEquals(25, answers.stream().filter(status -> status == 400).count(), answers.toString());
  }

  @Test
  void lists_arePagedAndFiltered() {
    for (int i = 0; i < 25; i++) {
      String name = "c%02d".formatted(i);
      server.put(
          "/consumers/" + name,
          "{\"username\":\"%s\",\"labels\":{\"tier\":\"%s\"}}"
              .formatted(name, i % 2 == 0 ? "gold" : "free"));
    }
    server.put("/consumers/c_x", "{\"username\":\"c_x\"}");
    server.delete("/consumers/fixed");
    assertEquals(26, names(server.get("/consumers")).size());
    Answer page = server.get("/consumers?page=2&page_size=10");
    assertEquals(26, page.body().path("total").asInt());
    assertEquals("c10", names(page).get(0));
    assertEquals(List.of(), names(server.get("/consumers?page=9&page_size=10")));
    assertEquals(26, names(server.get("/consumers?page=2")).size(), "both are needed");
    assertEquals("c20", names(server.get("/consumers?after=c19&page_size=10")).get(0));
    Answer wrong = server.get("/consumers?page=1&page_size=9");
    assertEquals(400, wrong.status());
    assertEquals("page_size must be between 10 and 500", wrong.error());
    assertEquals(25, names(server.get("/consumers?label=tier")).size());
    assertEquals(13, names(server.get("/consumers?label=tier%3Dgold")).size());
    assertEquals(0, names(server.get("/consumers?label=tier=gold&label=other")).size());
    assertEquals(10, names(server.get("/consumers?prefix=c0")).size());
    assertEquals(List.of("c_x"), names(server.get("/consumers?prefix=c_")), "no wildcard");
  }

  private static List<String> names(Answer answer) {
    assertEquals(200, answer.status(), answer.text());
    List<String> names = new ArrayList<>();
    answer.body().path("list").forEach(one -> names.add(one.at("/value/username").asText()));
    return names;
  }

  @Test
  void wrongKeys_openNothingAndAreSlowedDown() {
    byte[] body = JACK.getBytes(StandardCharsets.UTF_8);
    String json = "application/json";
    Answer none = server.raw("PUT", "/consumers/jack", body, "Content-Type", json);
    assertEquals(401, none.status());
    assertEquals("failed to check token", none.error());
    assertEquals("missing apikey", none.body().path("description").asText());
    Answer viewer =
        server.raw(
            "PUT", "/consumers/jack", body, "Content-Type", json, "X-API-KEY", AdminServer.VIEWER);
    assertEquals(401, viewer.status());
    assertEquals("invalid method for role viewer", viewer.body().path("description").asText());
    byte[] nothing = new byte[0];
    assertEquals(
        200, server.raw("GET", "/consumers", nothing, "X-API-KEY", AdminServer.VIEWER).status());
    assertEquals(
        401, server.raw("GET", "/consumers?api_key=" + AdminServer.ADMIN, nothing).status());
    for (int i = 0; i < 5; i++) {
      Answer wrong =
          server.raw("GET", "/consumers", nothing, "X-API-KEY", "a-wrong-key-of-an-admin");
      assertEquals("wrong apikey", wrong.body().path("description").asText());
    }
    Answer slowed =
        server.raw("GET", "/consumers", nothing, "X-API-KEY", "a-wrong-key-of-an-admin");
    assertEquals(429, slowed.status());
    assertTrue(slowed.whole().headers().firstValue("Retry-After").isPresent());
    assertEquals(
        List.of("fixed"), Databases.ask(database, "SELECT username FROM gatehouse_consumers"));
  }

  @Test
  void answers_neverHoldASecret() {
    server.put("/consumers/jack", JACK);
    String basic =
        "{\"name\":\"b\",\"plugins\":{\"basic-auth\":{\"username\":\"jacky\",\"password\":\"pass-word-1\"}}}";
    String hmac =
        "{\"name\":\"h\",\"plugins\":{\"hmac-auth\":{\"key_id\":\"kid\",\"secret_key\":\"hmac-secret-1\"}}}";
    StringBuilder all = new StringBuilder();
    all.append(server.put("/consumers/jack/credentials/b", basic).text());
    all.append(server.put("/consumers/jack/credentials/h", hmac).text());
    all.append(
        server.put("/consumers/jack/credentials/b", basic.replace("}}}", "}},\"x\":1}")).text());
    all.append(server.put("/consumers/jack/credentials/h", hmac + "x").text());
    all.append(server.get("/consumers/jack/credentials").text());
    all.append(server.get("/consumers/jack").text());
    all.append(server.get("/consumers").text());
    assertTrue(all.toString().contains("hmac-auth"), "positive control");
    assertFalse(all.toString().contains("pass-word-1"), all.toString());
    assertFalse(all.toString().contains("hmac-secret-1"), all.toString());
    assertFalse(all.toString().contains("argon2"), all.toString());
    String login =
        "Basic "
            + Base64.getEncoder()
                .encodeToString("jacky:pass-word-1".getBytes(StandardCharsets.UTF_8));
    assertEquals(AdminServer.MARK, server.order("Authorization", login).body());
    assertEquals(200, server.patch("/consumers/jack/credentials/b", "{\"name\":\"c\"}").status());
    assertEquals(AdminServer.MARK, server.order("Authorization", login).body(), "it stays");
    String dump = String.join("\n", Databases.ask(database, "SCRIPT"));
    assertFalse(dump.contains("hmac-secret-1") || dump.contains("pass-word-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/consumers/%27%20or%201=1--",
        "/consumers/jack/credentials/%27%3B%20drop%20table%20gatehouse_consumers",
        "/consumers?label=%27)%20or%20(1=1",
        "/consumers?label=a%00b",
        "/consumers?prefix=%25",
        "/consumers?prefix=%ff",
        "/consumers?page=99999999999&page_size=10",
        "/consumers?page=2147483647&page_size=500",
        "/consumers?after=%F0%9F%9A%80&page_size=10",
        "/consumers//credentials",
        "/consumers/~key-auth/credentials/~key-auth",
        "/consumers/..;/consumers",
      })
  void hostileTexts_areRefusedWithoutFailure(String target) {
    server.put("/consumers/jack", JACK);
    server.put("/consumers/jack/credentials/c1", keyAuth("main", "jacks-key"));
    for (String method : List.of("GET", "PUT", "DELETE", "PATCH", "POST")) {
      int status =
          server
              .raw(
                  method,
                  target,
                  "{}".getBytes(StandardCharsets.UTF_8),
                  "X-API-KEY",
                  AdminServer.ADMIN,
                  "Content-Type",
                  "application/json")
              .status();
      assertTrue(status < 500, method + " " + status);
    }
    assertTrue(server.opens("jacks-key"));
  }

  @Test
  void bodies_thatAreNoJson_areRefused() {
    byte[] jack = JACK.getBytes(StandardCharsets.UTF_8);
    assertEquals(
        415,
        server
            .raw(
                "PUT",
                "/consumers/jack",
                jack,
                "X-API-KEY",
                AdminServer.ADMIN,
                "Content-Type",
                "text/plain")
            .status());
    Answer large = server.put("/consumers/jack", JACK + " ".repeat(1_572_864));
    assertEquals(400, large.status());
    assertTrue(large.error().startsWith("invalid request body: request size"), large.error());
    byte[] notUtf8 = "{\"username\":\"j\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(
        400,
        server
            .raw(
                "PUT",
                "/consumers/j",
                notUtf8,
                "X-API-KEY",
                AdminServer.ADMIN,
                "Content-Type",
                "application/json")
            .status());
    assertEquals(404, server.get("/consumers/jack").status());
  }

  @Test
  void revocation_isSeenByAnotherNode(@TempDir Path documents) {
    server.put("/consumers/jack", JACK);
    try (AdminServer other =
        AdminServer.start(documents, database, Map.of("gatehouse.admin-keys", keyless()))) {
      server.put("/consumers/jack/credentials/c1", keyAuth("main", "jacks-key"));
      until(() -> other.opens("jacks-key"));
      server.delete("/consumers/jack/credentials/c1");
      until(() -> !other.opens("jacks-key"));
    }
  }

  private static String keyless() {
    return "ops:admin:sha256:" + "0".repeat(64);
  }

  private static void until(BooleanSupplier done) {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not within 5 s");
      LockSupport.parkNanos(1_000_000);
    }
  }
}
