package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.FilterBuilder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credential plugins among the plugins of a Consumer. */
class InlineCredentialTest {
  private static final String KEY = "{\"key\": \"inline-key\"}";

  @Test
  void severalInlineCredentials_eachProveTheConsumer_andItsOwnLimitStillHolds(@TempDir Path base) {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(r -> r.uri("/key").plugin("key-auth", "{}"))
            .route(r -> r.uri("/basic").plugin("basic-auth", "{}"))
            .consumer(
                "acme",
                c ->
                    c.label("custom_id", "42")
                        .plugin("key-auth", KEY)
                        .plugin("basic-auth", "{\"username\": \"al\", \"password\": \"pw\"}")
                        .plugin("limit-count", "{\"count\": 3, \"time_window\": 600}")
                        .credential("named", "key-auth", "{\"key\": \"named-key\"}"))
            .build();
    try (TomcatServer server = TestApplications.probe(base, filter)) {
      assertRefused(401, server.get("/key"));
      assertRefused(401, server.get("/key", "apikey", "other-key"));
      String byKey = runs(server.get("/key", "apikey", "inline-key")).body();
      assertTrue(byKey.contains("consumer: acme"), byKey);
      assertTrue(byKey.contains("get x-consumer-username: acme"), byKey);
      assertTrue(byKey.contains("get X-Credential-Identifier: null []"), byKey);
      assertTrue(byKey.contains("get X-CONSUMER-CUSTOM-ID: 42"), byKey);
      String byPassword = runs(server.get("/basic", "Authorization", basic("al:pw"))).body();
      assertTrue(byPassword.contains("consumer: acme"), byPassword);
      String named = runs(server.get("/key", "apikey", "named-key")).body();
      assertTrue(named.contains("get X-Credential-Identifier: named"), named);
      assertRefused(429, server.get("/key", "apikey", "inline-key"));
    }
  }

  @Test
  void identifierOfTheClient_isNotSeenBesideAnInlineCredential(@TempDir Path base) {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(r -> r.uri("/*").plugin("key-auth", "{}"))
            .consumer("acme", c -> c.plugin("key-auth", KEY))
            .build();
    try (TomcatServer server = TestApplications.probe(base, filter)) {
      String seen =
          runs(server.get("/", "apikey", "inline-key", "X-Credential-Identifier", "forged")).body();
      assertFalse(seen.contains("forged"), seen);
    }
  }

  @Test
  void valueOfAnInlineCredential_isUnavailableToOthers() {
    assertDuplicate(
        "consumers[bob].plugins.key-auth.key: duplicate key of plugin key-auth found with"
            + " consumer: acme",
        ConsumerFilter.builder()
            .route(r -> r.uri("/*").plugin("key-auth", "{}"))
            .consumer("acme", c -> c.plugin("key-auth", KEY))
            .consumer("bob", c -> c.plugin("key-auth", KEY)));
    assertDuplicate(
        "consumers[bob].credentials[k].plugins.key-auth.key: duplicate key of plugin key-auth"
            + " found with consumer: acme",
        ConsumerFilter.builder()
            .route(r -> r.uri("/*").plugin("key-auth", "{}"))
            .consumer("acme", c -> c.plugin("key-auth", KEY))
            .consumer("bob", c -> c.credential("k", "key-auth", KEY)));
    assertDuplicate(
        "consumers[bob].plugins.key-auth.key: duplicate key of plugin key-auth found with"
            + " credential: k of consumer: acme",
        ConsumerFilter.builder()
            .route(r -> r.uri("/*").plugin("key-auth", "{}"))
            .consumer("acme", c -> c.credential("k", "key-auth", KEY))
            .consumer("bob", c -> c.plugin("key-auth", KEY)));
    assertDuplicate(
        "consumers[acme].credentials[k].plugins.key-auth.key: duplicate key of plugin key-auth"
            + " found with consumer: acme",
        ConsumerFilter.builder()
            .route(r -> r.uri("/*").plugin("key-auth", "{}"))
            .consumer("acme", c -> c.plugin("key-auth", KEY).credential("k", "key-auth", KEY)));
  }

  private static void assertDuplicate(String expected, FilterBuilder builder) {
    ConfigException refused = assertThrows(ConfigException.class, builder::build);
    assertEquals("Gatehouse is not configured: 1 mistake\n  " + expected, refused.getMessage());
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertFalse(answer.body().contains(ProbeServlet.MARKER), answer.body());
  }

  private static HttpResponse<String> runs(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains(ProbeServlet.MARKER), answer.body());
    return answer;
  }
}
