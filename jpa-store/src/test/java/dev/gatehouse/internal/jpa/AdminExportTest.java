package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.internal.jpa.AdminServer.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a backup over the Admin API and its import elsewhere. */
final class AdminExportTest {
  private static final String ACME =
      "{\"username\":\"acme\",\"desc\":\"d\",\"labels\":{\"tier\":\"gold\"},\"group_id\":\"gold\","
          + "\"plugins\":{\"limit-count\":{\"count\":1000,\"time_window\":60},"
          + "\"key-auth\":{\"key\":\"inline-key\"}}}";
  private static final List<String> CREDENTIALS =
      List.of(
          "{\"id\":\"k\",\"name\":\"a key\",\"expires_at\":\"2099-01-01T00:00:00Z\",\"plugins\":{\"key-auth\":{\"key\":\"acme-key\"}}}",
          "{\"id\":\"b\",\"name\":\"b\",\"plugins\":{\"basic-auth\":{\"username\":\"acme\",\"password\":\"acme-password\"}}}",
          "{\"id\":\"h\",\"name\":\"h\",\"plugins\":{\"hmac-auth\":{\"key_id\":\"acme\",\"secret_key\":\"acme-hmac-secret\"}}}",
          "{\"id\":\"off\",\"name\":\"off\",\"disabled\":true,\"plugins\":{\"key-auth\":{\"key\":\"off-key\"}}}");

  @TempDir private Path documents = Path.of("");

  private static void fill(AdminServer server) {
    assertEquals(201, server.put("/consumers", ACME).status());
    CREDENTIALS.forEach(
        one -> assertEquals(201, server.post("/consumers/acme/credentials", one).status()));
    for (int i = 0; i < 5; i++) {
      server.put("/consumers/c" + i, "{\"username\":\"c" + i + "\"}");
    }
  }

  private static Answer sent(AdminServer server, String target, String json) {
    return server.raw(
        "POST",
        target,
        json.getBytes(StandardCharsets.UTF_8),
        "X-API-KEY",
        AdminServer.ADMIN,
        "Content-Type",
        "application/json");
  }

  @Test
  void backup_isTheSameInAnotherStore() {
    String backup;
    try (AdminServer server = AdminServer.start(documents, Databases.h2())) {
      fill(server);
      Answer exported = server.post("/export?stored=true", "");
      assertEquals(200, exported.status(), exported.text());
      backup = exported.text();
    }
    for (String secret :
        List.of("acme-key", "inline-key", "acme-password", "acme-hmac-secret", "off-key")) {
      assertFalse(backup.contains(secret), backup);
    }
    JdbcDataSource other = Databases.h2();
    try (AdminServer server = AdminServer.start(documents, other)) {
      assertFalse(server.opens("acme-key"));
      Answer restored = sent(server, "/import?stored=true", backup);
      assertEquals(200, restored.status(), restored.text());
      assertTrue(server.opens("acme-key") && server.opens("inline-key"));
      assertFalse(server.opens("off-key"));
      String login =
          Base64.getEncoder().encodeToString("acme:acme-password".getBytes(StandardCharsets.UTF_8));
      assertEquals(AdminServer.MARK, server.order("Authorization", "Basic " + login).body());
      Answer again = server.post("/export?stored=true", "");
      assertEquals(plain(backup), plain(again.text()), "but for the random of the encryption");
    }
    assertFalse(String.join("", Databases.ask(other, "SCRIPT")).contains("acme-hmac-secret"));
  }

  private static String plain(String backup) {
    return backup.replaceAll("\"v1:[^\"]*\"", "\"sealed\"");
  }

  @Test
  void backupUnderAnotherMasterKey_isRefusedAsAWhole() {
    String backup;
    try (AdminServer server = AdminServer.start(documents, Databases.h2())) {
      fill(server);
      backup = server.post("/export?stored=true", "").text();
    }
    JdbcDataSource other = Databases.h2();
    Map<String, String> key =
        Map.of("gatehouse.master-key", "another master key of 32 bytes or more");
    try (AdminServer server = AdminServer.start(documents, other, key)) {
      Answer refused = sent(server, "/import?stored=true", backup);
      assertEquals(400, refused.status(), refused.text());
      assertTrue(refused.error().contains("another master key"), refused.error());
      assertEquals(404, server.get("/consumers/acme").status());
      assertEquals(404, server.get("/consumers/c1").status(), "all or nothing");
    }
  }

  @Test
  void exportWithoutTheFlag_hasNothingThatProvesACredential_andPages() {
    try (AdminServer server = AdminServer.start(documents, Databases.h2())) {
      fill(server);
      Answer exported = server.post("/export", "");
      assertFalse(exported.text().contains("stored"), exported.text());
      assertEquals(7, exported.body().path("consumers").size(), "with the one of the file");
      Answer first = server.post("/export?page_size=3", "");
      assertEquals(3, first.body().path("consumers").size());
      assertEquals("c1", first.body().path("after").asText());
      Answer rest = server.post("/export?page_size=5&after=c1", "");
      assertEquals(4, rest.body().path("consumers").size());
      assertFalse(rest.body().has("after"));
      Answer viewer = server.raw("POST", "/export", new byte[0], "X-API-KEY", AdminServer.VIEWER);
      assertEquals(401, viewer.status(), "it is for admins");
      assertEquals(405, server.get("/export").status());
      assertEquals(400, server.post("/export?stored=yes", "").status());
      assertEquals(400, server.post("/export?page_size=501", "").status());
    }
  }

  @Test
  void storedForm_isAcceptedOnlyWhenAskedFor_andOnlyIfItIsOne() {
    try (AdminServer server = AdminServer.start(documents, Databases.h2())) {
      String one =
          "{\"consumers\":[{\"username\":\"eve\",\"credentials\":[{\"id\":\"k\",\"name\":\"k\","
              + "\"plugins\":{\"key-auth\":{}},\"stored\":{\"lookup\":\"%s\",\"settings\":{}}}]}]}";
      String right = one.formatted("ab".repeat(32));
      assertEquals(400, sent(server, "/import", right).status());
      assertEquals(400, sent(server, "/import?stored=true", one.formatted("xyz")).status());
      assertEquals(
          400, sent(server, "/import?stored=true", right.replace("key-auth", "acl")).status());
      assertEquals(
          400, sent(server, "/import?stored=true", right.replace("settings", "setting")).status());
      assertEquals(404, server.get("/consumers/eve").status());
      assertEquals(200, sent(server, "/import?stored=true", right).status());
      assertEquals(200, server.get("/consumers/eve/credentials/k").status());
    }
  }

  @Test
  void plainTextWhereASealedValueBelongs_isRefused() {
    try (AdminServer server = AdminServer.start(documents, Databases.h2())) {
      String one =
          "{\"consumers\":[{\"username\":\"eve\",\"credentials\":[{\"id\":\"k\",\"name\":\"k\","
              + "\"plugins\":{\"%s\":{}},\"stored\":{\"lookup\":\""
              + "ab".repeat(32)
              + "\",\"settings\":%s}}]}]}";
      for (String[] plain :
          new String[][] {
            {"hmac-auth", "{\"secret_key\":\"open-s3cr3t\"}"},
            {"jwt-auth", "{\"secret\":\"open-s3cr3t-of-more-than-32-bytes\"}"},
            {"basic-auth", "{\"password\":\"open-s3cr3t\"}"},
            {
              "basic-auth",
              "{\"password\":\"{SHA}W8r/fyL/UzygmbNAjq2HbA67qac=\",\"previous_password\":\"open-s3cr3t\"}"
            }
          }) {
        Answer refused = sent(server, "/import?stored=true", one.formatted(plain[0], plain[1]));
        assertEquals(400, refused.status(), plain[0]);
        assertTrue(refused.error().contains("plain text"), refused.error());
        assertFalse(refused.text().contains("s3cr3t"), refused.text());
        assertEquals(404, server.get("/consumers/eve").status());
      }
      String hashed = "{\"password\":\"{SHA}W8r/fyL/UzygmbNAjq2HbA67qac=\"}";
      Answer taken = sent(server, "/import?stored=true", one.formatted("basic-auth", hashed));
      assertEquals(200, taken.status(), taken.text());
    }
  }
}
