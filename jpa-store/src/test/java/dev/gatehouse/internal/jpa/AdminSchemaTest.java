package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.internal.jpa.AdminServer.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the schemas that the Admin API serves. */
final class AdminSchemaTest {
  private final JdbcDataSource database = Databases.h2();
  private final AdminServer server;

  AdminSchemaTest(@TempDir Path documents) {
    server = AdminServer.start(documents, database);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Whatever a plugin refuses as unknown it names what it knows; both must be of one mind. */
  @Test
  void everyPlugin_describesItsSettings() {
    List<String> names = new ArrayList<>();
    server.get("/plugins").body().path("list").forEach(one -> names.add(one.path("name").asText()));
    assertTrue(names.containsAll(List.of("key-auth", "jwt-auth", "limit-count", "acl")));
    for (String name : names) {
      Answer shown = server.get("/plugins/" + name);
      assertEquals(200, shown.status(), name);
      assertEquals("object", shown.body().path("type").asText(), name);
      for (JsonNode property : shown.body().path("properties")) {
        assertTrue(property.isObject(), name);
      }
    }
  }

  @Test
  void plugin_describesTypesRangesAndDefaults() {
    JsonNode limit = server.get("/plugins/limit-count?schema_type=consumer").body();
    JsonNode properties = limit.path("properties");
    assertEquals("integer", properties.at("/rejected_code/type").asText());
    assertEquals(200, properties.at("/rejected_code/minimum").asInt());
    assertEquals(599, properties.at("/rejected_code/maximum").asInt());
    assertEquals("remote_addr", properties.at("/key/default").asText());
    assertEquals("object", properties.at("/_meta/type").asText());
    assertFalse(limit.path("additionalProperties").asBoolean(true));

    JsonNode onConsumer = server.get("/plugins/key-auth?schema_type=consumer").body();
    assertEquals("key", onConsumer.at("/required/0").asText());
    JsonNode onRoute = server.get("/plugins/key-auth").body();
    assertEquals("apikey", onRoute.at("/properties/header/default").asText());
    assertFalse(onRoute.path("properties").has("key"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /plugins/nope, 400",
    "GET, /plugins/limit-failed-auth?schema_type=consumer, 400",
    "GET, /plugins/limit-failed-auth, 200",
    "GET, /plugins/key-auth/x, 404",
    "PUT, /plugins/key-auth, 405",
    "GET, /schema/consumer, 200",
    "GET, /schema/credential, 200",
    "GET, /schema/consumer_group, 200",
    "GET, /schema/route, 400",
    "GET, /schema, 404",
    "PUT, /schema/consumer, 405",
    "GET, /schema/validate/consumers, 405",
    "POST, /schema/validate/routes, 400",
  })
  void otherRequests_areAnswered(String method, String path, int status) {
    Answer answer = server.send(method, path, method.equals("GET") ? "" : "{}");
    assertEquals(status, answer.status(), answer.text());
  }

  @Test
  void validation_saysWhatAWriteWouldSay_andWritesNothing() {
    String good = "{\"username\":\"jack\",\"plugins\":{\"key-auth\":{\"key\":\"jacks-key\"}}}";
    Answer valid = server.post("/schema/validate/consumers", good);
    assertEquals("{\"valid\":true}\n", valid.text());
    assertEquals(404, server.get("/consumers/jack").status());
    assertFalse(server.opens("jacks-key"));
    String bad = "{\"username\":\"no name\",\"plugins\":{\"limit-count\":{\"count\":0}},\"x\":1}";
    Answer refused = server.post("/schema/validate/consumers", bad);
    assertEquals(400, refused.status());
    assertEquals(server.put("/consumers", bad).error(), refused.error());
    assertEquals(400, server.post("/schema/validate/credentials", "{\"name\":\"x\"}").status());
    assertEquals(
        200,
        server
            .post(
                "/schema/validate/credentials",
                "{\"name\":\"x\",\"plugins\":{\"key-auth\":{\"key\":\"k\"}}}")
            .status());
    assertEquals(
        200,
        server.post("/schema/validate/consumer_groups", "{\"id\":\"x\",\"plugins\":{}}").status());
  }
}
