package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.FilterBuilder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plugins see the same identity and attached headers as the application. */
class PluginViewTest {
  private static final String ADMINS_ONLY =
      "{\"rules\":[{\"case\":[[\"http_x_consumer_username\",\"~=\",\"admin\"]],"
          + "\"actions\":[[\"return\",{\"code\":403}]]}]}";
  @TempDir private Path documents = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"X-Consumer-Username", "x-consumer-username", "X_Consumer_Username"})
  void clientThatSendsAnotherName_isRefusedByTheWorkflow(String header) {
    try (TomcatServer server = serving(r -> r.plugin("workflow", ADMINS_ONLY))) {
      assertRefused(403, server.get("/a", "apikey", "acme-key", header, "admin"));
      assertServed(server.get("/a", "apikey", "admin-key"));
      assertServed(server.get("/a", "apikey", "admin-key", header, "acme"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Consumer-Username",
        "X-Credential-Identifier",
        "X-Consumer-Custom-ID",
        "X-Tier"
      })
  void clientThatSendsAHeader_doesNotSwitchTheAclOff(String header) {
    String variable = "http_" + header.toLowerCase(java.util.Locale.ROOT).replace('-', '_');
    String acl =
        "{\"allow_labels\":{\"team\":[\"none\"]},\"_meta\":{\"filter\":[[\"%s\",\"~=\",\"free\"]]}}"
            .formatted(variable);
    try (TomcatServer server =
        serving(
            r ->
                r.plugin("acl", acl)
                    .plugin("attach-consumer-label", "{\"headers\":{\"X-Tier\":\"$tier\"}}"))) {
      assertRefused(403, server.get("/a", "apikey", "acme-key", header, "free"));
      assertRefused(403, server.get("/a", "apikey", "acme-key", header.replace('-', '_'), "free"));
    }
  }

  @Test
  void attachedHeader_isSeenByPluginsThatAreAskedEarlier() {
    String acl =
        "{\"deny_labels\":{\"tier\":[\"gold\"]},\"_meta\":{\"filter\":[[\"http_x_tier\",\"==\",\"gold\"]]}}";
    try (TomcatServer server =
        serving(
            r ->
                r.plugin("acl", acl)
                    .plugin(
                        "request-validation",
                        "{\"header_schema\":{\"required\":[\"x-tier\",\"x-consumer-username\"]}}")
                    .plugin("attach-consumer-label", "{\"headers\":{\"X-Tier\":\"$tier\"}}"))) {
      assertRefused(403, server.get("/a", "apikey", "acme-key"));
      assertRefused(403, server.get("/a", "apikey", "acme-key", "X-Tier", "none"));
      assertServed(server.get("/a", "apikey", "admin-key", "X-Tier", "gold"));
    }
  }

  @Test
  void clientThatSendsAHeader_doesNotPassTheSchemaOfHeaders() {
    String schema =
        "{\"header_schema\":{\"properties\":{\"x-consumer-username\":{\"const\":\"admin\"}},"
            + "\"required\":[\"x-consumer-username\"]}}";
    try (TomcatServer server = serving(r -> r.plugin("request-validation", schema))) {
      assertRefused(400, server.get("/a", "apikey", "acme-key", "X-Consumer-Username", "admin"));
      assertServed(server.get("/a", "apikey", "admin-key"));
    }
  }

  @Test
  void clientThatSendsAnotherName_doesNotGetAnotherCounter() {
    String limit =
        "{\"count\":1,\"time_window\":60,\"key\":\"http_x_consumer_username\",\"rejected_code\":429}";
    try (TomcatServer server = serving(r -> r.plugin("limit-count", limit))) {
      assertServed(server.get("/a", "apikey", "acme-key", "X-Consumer-Username", "one"));
      assertRefused(429, server.get("/a", "apikey", "acme-key", "X-Consumer-Username", "two"));
      assertServed(server.get("/a", "apikey", "admin-key", "X-Consumer-Username", "acme"));
    }
  }

  @Test
  void identityHeaders_doNotExistBeforeAuthentication() {
    try (TomcatServer server =
        TestApplications.probe(
            documents,
            ConsumerFilter.builder()
                .route(r -> r.uri("/a").plugin("key-auth", "{\"header\":\"X-Consumer-Username\"}"))
                .consumer("acme", c -> c.credential("k", "key-auth", "{\"key\":\"acme-key\"}"))
                .build())) {
      assertRefused(401, server.get("/a", "X-Consumer-Username", "acme-key"));
      assertServed(server.get("/a?apikey=acme-key"));
    }
  }

  @Test
  void clientsHeaderWithUnderscores_isNotSeenByTheApplication() {
    try (TomcatServer server =
        serving(r -> r.plugin("attach-consumer-label", "{\"headers\":{\"X-Tier\":\"$tier\"}}"))) {
      String seen =
          server
              .get("/a", "apikey", "acme-key", "X_Consumer_Username", "forged", "X_Tier", "forged")
              .body();
      assertTrue(seen.contains("header x-tier: [gold]"), seen);
      assertFalse(seen.contains("forged"), seen);
    }
  }

  @Test
  void headerThatIsAttachedOnAFilterOnly_isNeverTheClients() {
    try (TomcatServer server =
        serving(
            r ->
                r.plugin(
                    "attach-consumer-label",
                    "{\"headers\":{\"X-Tier\":\"$tier\"},"
                        + "\"_meta\":{\"filter\":[[\"arg_tier\",\"==\",\"yes\"]]}}"))) {
      assertTrue(
          server.get("/a?tier=yes", "apikey", "acme-key").body().contains("header x-tier: [gold]"));
      HttpResponse<String> without = server.get("/a", "apikey", "acme-key", "X-Tier", "forged");
      assertServed(without);
      assertFalse(without.body().contains("forged"), without.body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X_API_KEY", "x_api-key", "X-API-KEY"})
  void configuredUnderscore_matchesAHyphen(String configured) {
    try (TomcatServer server =
        TestApplications.probe(
            documents,
            ConsumerFilter.builder()
                .route(
                    r ->
                        r.uri("/a")
                            .plugin(
                                "key-auth",
                                "{\"header\":\"" + configured + "\",\"hide_credentials\":true}"))
                .consumer("acme", c -> c.credential("k", "key-auth", "{\"key\":\"acme-key\"}"))
                .build())) {
      HttpResponse<String> answer = server.get("/a", "X-API-KEY", "acme-key");
      assertServed(answer);
      assertFalse(answer.body().contains("acme-key"), answer.body());
      assertRefused(401, server.get("/a", "X-API-KEY", "other-key"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"time_window", "Time-Window", "TIME_WINDOW"})
  void variableOfAHeader_matchesUnderscoreAndHyphen(String header) {
    String rule =
        "{\"rules\":[{\"case\":[[\"http_time_window\",\"==\",\"5\"]],"
            + "\"actions\":[[\"return\",{\"code\":403}]]}]}";
    try (TomcatServer server = serving(r -> r.plugin("workflow", rule))) {
      assertRefused(403, server.get("/a", "apikey", "acme-key", header, "5"));
      assertServed(server.get("/a", "apikey", "acme-key", header, "6"));
    }
  }

  private TomcatServer serving(UnaryOperator<FilterBuilder.RouteSpec> more) {
    return TestApplications.probe(
        documents,
        ConsumerFilter.builder()
            .route(r -> more.apply(r.uri("/a").plugin("key-auth", "{}")))
            .consumer(
                "acme",
                c -> c.label("tier", "gold").credential("k", "key-auth", "{\"key\":\"acme-key\"}"))
            .consumer(
                "admin",
                c ->
                    c.label("tier", "iron")
                        .label("custom_id", "7")
                        .credential("k", "key-auth", "{\"key\":\"admin-key\"}"))
            .build());
  }

  private static void assertServed(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains(ProbeServlet.MARKER), answer.body());
  }

  private static void assertRefused(int status, HttpResponse<String> answer) {
    assertFalse(answer.body().contains(ProbeServlet.MARKER), answer.body());
    assertEquals(status, answer.statusCode(), answer.body());
  }
}
