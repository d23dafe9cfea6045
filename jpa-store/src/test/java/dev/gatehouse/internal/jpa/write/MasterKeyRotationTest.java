package dev.gatehouse.internal.jpa.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.internal.jpa.AdminServer;
import dev.gatehouse.internal.jpa.AdminServer.Answer;
import dev.gatehouse.internal.jpa.Databases;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that gets another master key while its database stays. */
class MasterKeyRotationTest {
  private static final String FIRST = "the first master key of 32 bytes";
  private static final String SECOND = "the second master key of 32 bytes";
  private static final String ALICE =
      "{\"name\":\"main\",\"plugins\":{\"key-auth\":{\"key\":\"alices-key\"}}}";

  private final JdbcDataSource database = Databases.h2();
  @TempDir private Path documents = Path.of("");

  @AfterEach
  void stop() {
    Databases.run(database, "SHUTDOWN");
  }

  private AdminServer under(String key, String previous) {
    return AdminServer.start(
        documents,
        database,
        previous.isEmpty()
            ? Map.of("gatehouse.master-key", key)
            : Map.of("gatehouse.master-key", key, "gatehouse.master-key.previous", previous));
  }

  private void fill(AdminServer server) {
    for (String name : List.of("alice", "bob")) {
      String path = "/consumers/" + name;
      assertEquals(201, server.put(path, "{\"username\":\"" + name + "\"}").status());
      String key = ALICE.replace("alice", name);
      assertEquals(201, server.put(path + "/credentials/main", key).status());
      String hmac =
          "{\"name\":\"sig\",\"plugins\":{\"hmac-auth\":{\"key_id\":\"%s\",\"secret_key\":\"%s\"}}}"
              .formatted(name, "a secret of 32 bytes, or of more!");
      assertEquals(201, server.put(path + "/credentials/sig", hmac).status());
    }
  }

  private List<String> places() {
    return Databases.ask(
        database,
        "SELECT RAWTOHEX(c.lookup) FROM gatehouse_credentials c JOIN gatehouse_consumers o"
            + " ON o.id = c.consumer_id WHERE plugin = 'key-auth' AND username IN"
            + " ('alice', 'bob') ORDER BY username");
  }

  @Test
  void keyThatWasUsed_isFoundUnderTheNewMasterKeyAlone() {
    try (AdminServer server = under(FIRST, "")) {
      fill(server);
    }
    List<String> before = places();
    try (AdminServer server = under(SECOND, FIRST)) {
      assertTrue(server.opens("alices-key"));
      assertTrue(server.opens("alices-key"), "after it was moved too");
      assertFalse(server.opens("nobodys-key"));
    }
    List<String> after = places();
    assertNotEquals(before.get(0), after.get(0), "alice's was moved");
    assertEquals(before.get(1), after.get(1), "bob has not called");
    try (AdminServer server = under(SECOND, "")) {
      assertTrue(server.opens("alices-key"));
      assertFalse(server.opens("bobs-key"), "positive control: nothing leads from the old digest");
    }
    try (AdminServer server = under(SECOND, FIRST)) {
      assertTrue(server.opens("bobs-key"));
    }
  }

  @Test
  void keysFromBeforeTheFirstMasterKey_areFound() {
    try (AdminServer server = under(FIRST, "")) {
      fill(server);
      Databases.run(
          database,
          "UPDATE gatehouse_credentials SET lookup = HASH('SHA-256', 'bobs-key') WHERE plugin ="
              + " 'key-auth' AND consumer_id = (SELECT id FROM gatehouse_consumers WHERE"
              + " username = 'bob')",
          "UPDATE gatehouse_revision SET revision = revision + 1");
    }
    try (AdminServer server = under(SECOND, FIRST)) {
      assertFalse(server.opens("bobs-key"));
    }
    try (AdminServer server = under(SECOND, FIRST + ", none")) {
      assertTrue(server.opens("bobs-key"));
      assertTrue(server.opens("alices-key"));
    }
  }

  /** A key belongs to one Credential, whenever it was stored. */
  @Test
  void keyUnderAnEarlierMasterKey_isStillUnique() {
    try (AdminServer server = under(FIRST, "")) {
      fill(server);
    }
    try (AdminServer server = under(SECOND, FIRST)) {
      server.put("/consumers/eve", "{\"username\":\"eve\"}");
      Answer refused = server.put("/consumers/eve/credentials/main", ALICE);
      assertEquals(400, refused.status());
      assertEquals(
          "duplicate key of plugin key-auth found with credential: main of consumer: alice",
          refused.error());
      Answer imported =
          server.raw(
              "POST",
              "/import",
              "consumers: [{username: eve, credentials: [%s]}]"
                  .formatted(ALICE)
                  .getBytes(StandardCharsets.UTF_8),
              "X-API-KEY",
              AdminServer.ADMIN,
              "Content-Type",
              "application/yaml");
      assertEquals(400, imported.status(), imported.text());
      Answer own = server.put("/consumers/alice/credentials/main", ALICE);
      assertEquals(200, own.status(), "its own is replaced");
    }
    try (AdminServer server = under(SECOND, "")) {
      assertTrue(server.opens("alices-key"));
    }
  }

  @Test
  void rewrap_isForAdminsOnly() {
    try (AdminServer server = under(FIRST, "")) {
      fill(server);
    }
    try (AdminServer server = under(SECOND, FIRST)) {
      Answer viewer = server.raw("POST", "/rewrap", new byte[0], "X-API-KEY", AdminServer.VIEWER);
      assertEquals(401, viewer.status());
      assertEquals(405, server.get("/rewrap").status());
      Answer done = server.post("/rewrap", "");
      assertEquals("{\"rewrapped\":2,\"unreadable\":0}", done.text().strip());
      assertEquals("{\"rewrapped\":0,\"unreadable\":0}", server.post("/rewrap", "").text().strip());
    }
  }
}
