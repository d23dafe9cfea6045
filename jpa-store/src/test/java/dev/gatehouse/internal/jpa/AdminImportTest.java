package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.internal.jpa.AdminServer.Answer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of Consumers, of this product and of others, through the Admin API. */
final class AdminImportTest {
  private static final String OURS =
      """
      consumers:
        - username: acme
          labels: { tier: gold }
          plugins: { limit-count: { count: 100, time_window: 60 } }
          credentials:
            - { name: main, plugins: { key-auth: { key: acme-key } } }
            - { name: next, plugins: { key-auth: { key: acme-next } } }
        - username: globex
          plugins: { key-auth: { key: globex-inline } }
      """;
  private static final String ADC =
      """
      consumers:
        - username: jack
          description: a partner
          credentials:
            - name: primary
              type: key-auth
              config: { key: jacks-key }
      services: []
      """;
  private static final String KONG =
      """
      _format_version: "3.0"
      consumers:
        - username: kongo
          custom_id: "42"
          tags: [old]
          keyauth_credentials: [{ key: kong-key, tags: [x] }]
          basicauth_credentials: [{ username: kongo, password: kong-password }]
          hmacauth_credentials: [{ username: kongo, secret: kong-hmac-secret }]
          acls: [{ group: buyers }, { group: sellers }]
      routes: []
      """;

  private final JdbcDataSource database = Databases.h2();
  private final AdminServer server;

  AdminImportTest(@TempDir Path documents) {
    server = AdminServer.start(documents, database);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer sent(String target, String type, String text) {
    return server.raw(
        "POST",
        target,
        text.getBytes(StandardCharsets.UTF_8),
        "X-API-KEY",
        AdminServer.ADMIN,
        "Content-Type",
        type);
  }

  private List<String> usernames() {
    return Databases.ask(database, "SELECT username FROM gatehouse_consumers ORDER BY username");
  }

  @Test
  void ownFile_canBeImportedTwice() {
    Answer dry = sent("/import?dry_run=true", "application/yaml", OURS);
    assertEquals(200, dry.status(), dry.text());
    assertEquals(List.of("fixed"), usernames(), "nothing was written");
    for (int i = 0; i < 2; i++) {
      Answer taken = sent("/import", "application/yaml", OURS);
      assertEquals(200, taken.status(), taken.text());
      assertEquals(2, taken.body().path("consumers").asInt());
      assertEquals(3, taken.body().path("credentials").asInt());
      assertEquals(List.of("acme", "fixed", "globex"), usernames(), "others stay");
      assertTrue(server.opens("acme-key") && server.opens("acme-next"));
      assertTrue(server.opens("globex-inline"));
    }
    String less = OURS.replaceAll("(?m)^.*acme-next.*\n", "");
    assertEquals(200, sent("/import", "application/yaml", less).status());
    assertFalse(server.opens("acme-next"), "exactly the Credentials of the file");
    assertTrue(server.opens("acme-key") && server.opens("fixed-key"));
  }

  @Test
  void filesOfOtherProducts_areAccepted() {
    Answer adc = sent("/import", "text/yaml; charset=utf-8", ADC);
    assertEquals(200, adc.status(), adc.text());
    assertEquals("services", adc.body().at("/ignored/0").asText());
    assertTrue(server.opens("jacks-key"));
    assertEquals("a partner", server.get("/consumers/jack").body().at("/value/desc").asText());

    Answer kong = sent("/import", "application/x-yaml", KONG);
    assertEquals(200, kong.status(), kong.text());
    assertEquals(3, kong.body().path("credentials").asInt());
    assertTrue(server.opens("kong-key"));
    String login =
        Base64.getEncoder().encodeToString("kongo:kong-password".getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> order = server.order("Authorization", "Basic " + login);
    assertEquals(AdminServer.MARK, order.body());
    Answer shown = server.get("/consumers/kongo");
    assertEquals("42", shown.body().at("/value/labels/custom_id").asText());
    assertEquals("buyers,sellers", shown.body().at("/value/labels/groups").asText());
    assertFalse(String.join("", Databases.ask(database, "SCRIPT")).contains("kong-hmac-secret"));
  }

  @Test
  void fileWithAProblem_isRefusedAsAWhole() {
    String wrong =
        OURS.replace("count: 100", "count: none")
            + "  - { username: third, credentials: [{ name: a, plugins: { key-auth: { key: acme-key } } }] }\n"
            + "  - { username: 'no name', nick: x }\n";
    Answer refused = sent("/import", "application/yaml", wrong);
    assertEquals(400, refused.status());
    for (String place :
        List.of(
            "consumers[acme].plugins.limit-count.count",
            "consumers[third].credentials[a].plugins.key-auth.key",
            "username",
            "nick")) {
      assertTrue(refused.error().contains(place), place + " in " + refused.error());
    }
    assertFalse(refused.text().contains("acme-key"));
    assertEquals(List.of("fixed"), usernames());

    sent("/import", "application/yaml", ADC);
    Answer taken = sent("/import", "application/yaml", OURS.replace("acme-next", "jacks-key"));
    assertEquals(400, taken.status(), taken.text());
    assertTrue(taken.error().contains("duplicate key of plugin key-auth"), taken.error());
    assertEquals(List.of("fixed", "jack"), usernames(), "all or nothing");
  }

  @Test
  void restrictionOfAKongFile_isLostOnlyWhenAskedByName() {
    String file =
        KONG.replace(
            "tags: [old]",
            "plugins: [{ name: rate-limiting, config: { minute: 5 } }]\n    tags: [old]");
    for (String query : List.of("", "?dry_run=true", "?accept_loss=ttl", "?accept_loss=true")) {
      Answer refused = sent("/import" + query, "application/yaml", file);
      assertEquals(400, refused.status(), refused.text());
      assertTrue(
          refused.error().contains("consumers[kongo].plugins.rate-limiting"), refused.error());
      assertTrue(refused.error().contains("ignored: "), refused.error());
    }
    assertEquals(List.of("fixed"), usernames());
    Answer taken = sent("/import?accept_loss=ttl,plugins.rate-limiting", "application/yaml", file);
    assertEquals(200, taken.status(), taken.text());
    assertEquals("consumers[kongo].plugins.rate-limiting", taken.body().at("/lost/0").asText());
    assertTrue(server.opens("kong-key"));
  }

  @Test
  void flatGroupsOfAKongFile_areImported() {
    String file =
        """
        consumers: [{ username: flat, id: i1 }]
        acls: [{ consumer: i1, group: banned }]
        keyauth_credentials: [{ consumer: { id: i1 }, key: flat-key, tags: ~ }]
        """;
    Answer taken = sent("/import", "application/yaml", file);
    assertEquals(200, taken.status(), taken.text());
    assertTrue(server.opens("flat-key"));
    Answer shown = server.get("/consumers/flat");
    assertEquals("banned", shown.body().at("/value/labels/groups").asText());
  }

  private boolean logsIn(String user, String password) {
    String login =
        Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    return server.order("Authorization", "Basic " + login).body().equals(AdminServer.MARK);
  }

  /** SHA-1 of "open sesame" and the Consumer's id, as a dump of Kong has it. */
  @Test
  void hashOfKong_letsInThePasswordAndNotTheHash() {
    String hash = "23e8cc3f607e9b467d30df1416c9dec0fc60d9a0";
    String file =
        """
        consumers: [{ username: jane, id: 59d1ef15-24a5-4373-b957-e8192c15ff6e }]
        basicauth_credentials: [{ consumer: jane, username: jane, password: HASH }]
        """
            .replace("HASH", hash);
    Answer taken = sent("/import", "application/yaml", file);
    assertEquals(200, taken.status(), taken.text());
    assertTrue(logsIn("jane", "open sesame"));
    assertFalse(logsIn("jane", hash));
    String nameless = file.replaceFirst(", id: [^ ]*", "");
    Answer refused = sent("/import", "application/yaml", nameless);
    assertEquals(400, refused.status(), refused.text());
    assertTrue(refused.error().contains("looks like a hash"), refused.error());
  }

  @Test
  void hashThroughTheAdminApi_isNoPassword() {
    server.put("/consumers/jack", "{\"username\":\"jack\"}");
    String path = "/consumers/jack/credentials/a";
    String body =
        "{\"name\":\"a\",\"plugins\":{\"basic-auth\":{\"username\":\"jack\",\"password\":\"%s\"}}}";
    String bcrypt = "$2y$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW";
    Answer put = server.put(path, body.formatted(bcrypt));
    assertEquals(201, put.status(), put.text());
    assertTrue(logsIn("jack", "open sesame"));
    assertFalse(logsIn("jack", bcrypt));
    for (String foreign :
        List.of("jack:" + bcrypt, "{noop}x", "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3")) {
      assertEquals(400, server.put(path, body.formatted(foreign)).status(), foreign);
      assertFalse(logsIn("jack", foreign));
    }
    assertEquals(200, server.put(path, body.formatted("$text://{noop}x")).status());
    assertTrue(logsIn("jack", "{noop}x"));
  }

  @Test
  void keyWithALineBreak_isRefusedWhenWritten() {
    server.put("/consumers/jack", "{\"username\":\"jack\"}");
    String body = "{\"name\":\"a\",\"plugins\":{\"key-auth\":{\"key\":\"jacks-key%s\"}}}";
    String path = "/consumers/jack/credentials/a";
    for (String end : List.of("\\n", "\\r\\n", " ", "\\u0000", "\\t")) {
      Answer refused = server.put(path, body.formatted(end));
      assertEquals(400, refused.status(), end);
      assertTrue(refused.error().contains("no request can carry"), refused.error());
    }
    assertEquals(201, server.put(path, body.formatted("")).status());
  }

  @Test
  void placeholderAsAKey_isNoKey() {
    Answer file =
        sent("/import", "application/yaml", KONG.replace("kong-key", "$SUPABASE_SERVICE_KEY"));
    assertEquals(400, file.status(), file.text());
    assertFalse(server.opens("$SUPABASE_SERVICE_KEY"));
    server.put("/consumers/jack", "{\"username\":\"jack\"}");
    String path = "/consumers/jack/credentials/a";
    String body = "{\"name\":\"a\",\"plugins\":{\"key-auth\":{\"key\":\"%s\"}}}";
    assertEquals(400, server.put(path, body.formatted("${KEY}")).status());
    assertFalse(server.opens("${KEY}"));
    Answer verbatim = server.put(path, body.formatted("$text://$KEY"));
    assertEquals(201, verbatim.status(), verbatim.text());
    assertTrue(server.opens("$KEY"));
  }

  /** A comma in a name must not create a second group. */
  @Test
  void groupWhoseNameIsAList_isRefused() {
    for (String group : List.of("buyers,admin", "[admin]", "a b", "")) {
      Answer refused =
          sent(
              "/import",
              "application/yaml",
              KONG.replace("group: buyers", "group: '" + group + "'"));
      assertEquals(400, refused.status(), group);
      assertTrue(refused.error().contains("acls"), refused.error());
    }
    assertEquals(List.of("fixed"), usernames());
  }

  @Test
  void filesInUnknownFormats_areRefused() {
    String json = "{\"consumers\":[{\"username\":\"jason\"}]}";
    assertEquals(200, sent("/import", "application/json", json).status());
    assertEquals(415, sent("/import", "text/plain", OURS).status());
    assertEquals(400, sent("/import", "application/yaml", "consumer: []").status());
    assertEquals(400, sent("/import", "application/yaml", "consumers: &a [*a]").status());
    assertEquals(400, sent("/import", "application/json", OURS).status());
    assertEquals(400, sent("/import?dry_run=yes", "application/json", json).status());
    assertEquals(405, server.get("/import").status());
    Answer environment =
        sent("/import", "application/yaml", OURS.replace("acme-key", "$env://PATH"));
    assertEquals(400, environment.status(), "what is sent refers to nothing of this process");
    assertEquals(List.of("fixed", "jason"), usernames());
  }
}
