package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.gatehouse.internal.jpa.AdminServer.Answer;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the OpenAPI document of the Admin API. */
final class AdminOpenApiTest {
  private static final String JACK =
      "{\"username\":\"jack\",\"desc\":\"d\",\"labels\":{\"tier\":\"gold\"},\"group_id\":\"gold\"}";

  private final JdbcDataSource database = Databases.h2();
  private final AdminServer server;

  AdminOpenApiTest(@TempDir Path documents) {
    server = AdminServer.start(documents, database);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private OpenAPI read() {
    Answer document = server.get("/openapi.json");
    assertEquals(200, document.status());
    assertEquals("/admin", document.body().at("/servers/0/url").asText());
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult result =
        new OpenAPIV3Parser().readContents(document.text(), List.of(), options);
    assertEquals(List.of(), result.getMessages());
    assertEquals("3.1.0", result.getOpenAPI().getOpenapi());
    return result.getOpenAPI();
  }

  @Test
  void document_isValidOpenApi() {
    OpenAPI api = read();
    assertTrue(api.getPaths().size() > 15);
    assertEquals(405, server.post("/openapi.json", "{}").status());
  }

  /** Each described call exists; others are refused as unknown. */
  @Test
  void describedCalls_exist_andOthersDoNot() {
    server.put("/consumers", JACK);
    int calls = 0;
    for (var path : read().getPaths().entrySet()) {
      String target =
          path.getKey()
              .replace("{username}", "jack")
              .replace("{id}", "none")
              .replace("{name}", "key-auth")
              .replace("{kind}", "consumer")
              .replace("{kinds}", "consumers");
      Set<HttpMethod> described = path.getValue().readOperationsMap().keySet();
      for (HttpMethod method :
          List.of(HttpMethod.GET, HttpMethod.PUT, HttpMethod.POST, HttpMethod.PATCH)) {
        boolean reads = method == HttpMethod.GET;
        Answer answer = server.send(method.name(), target, reads ? "" : "{}");
        String call = method + " " + target + ": " + answer.text();
        boolean refused = answer.status() == 405 || answer.error().startsWith("missing ");
        if (described.contains(method)) {
          assertNotEquals(405, answer.status(), call);
          assertNotEquals("not found", answer.error(), call);
          calls++;
        } else {
          assertTrue(refused, call);
        }
      }
    }
    assertTrue(calls > 20, "positive control: " + calls);
  }

  @Test
  void responses_matchTheirSchemas() {
    JsonNode schemas = server.get("/openapi.json").body().at("/components/schemas");
    Answer consumer = server.put("/consumers", JACK);
    assertFits(schemas, "ConsumerRecord", consumer);
    Answer made =
        server.post(
            "/consumers/jack/credentials", "{\"name\":\"main\",\"plugins\":{\"key-auth\":{}}}");
    assertFits(schemas, "NewCredentialRecord", made);
    String id = made.body().at("/value/id").asText();
    assertFits(schemas, "CredentialRecord", server.get("/consumers/jack/credentials/" + id));
    assertFits(
        schemas,
        "ConsumerGroupRecord",
        server.put("/consumer_groups", "{\"id\":\"g\",\"plugins\":{}}"));
    assertFits(schemas, "Removed", server.delete("/consumer_groups/g"));
    assertFits(schemas, "ExportResult", server.post("/export?stored=true", ""));
    assertFits(schemas, "ImportResult", server.post("/import", "{\"consumers\":[]}"));
    assertFits(schemas, "RewrapResult", server.post("/rewrap", ""));
    assertFits(schemas, "ErrorAnswer", server.put("/consumers", "{}"));
    assertFits(schemas, "NotFoundAnswer", server.get("/consumers/nobody"));
    JsonNode entry = server.get("/audit").body().at("/list/0");
    assertEquals(Set.of(), mistakes(schemas, "AuditEntry", entry.toString()));
    assertFalse(mistakes(schemas, "AuditEntry", "{}").isEmpty(), "positive control");
  }

  private static void assertFits(JsonNode schemas, String name, Answer answer) {
    assertEquals(Set.of(), mistakes(schemas, name, answer.text()), name + ": " + answer.text());
  }

  private static Set<ValidationMessage> mistakes(JsonNode schemas, String name, String text) {
    JsonNode document =
        new JsonMapper()
            .createObjectNode()
            .put("$ref", "#/components/schemas/" + name)
            .set("components", new JsonMapper().createObjectNode().set("schemas", schemas));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(document, SchemaValidatorsConfig.builder().build())
        .validate(text, InputFormat.JSON);
  }
}
