package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.ConcurrentTasks;
import dev.gatehouse.internal.jpa.AdminServer.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Admin API behind a proxy: wrong keys are counted for the client that the proxy names. */
final class AdminProxyTest {
  private static final Map<String, String> TRUSTING =
      Map.of("gatehouse.store", "memory", "gatehouse.trusted-proxies", "127.0.0.1");
  private static final String WRONG = "a-wrong-key-of-an-admin";

  @TempDir private Path documents = Path.of("");

  /** Five wrong keys of one client locked out every administrator behind the same proxy. */
  @Test
  void wrongKeysOfOneClient_lockOutThatClientOnly() {
    try (AdminServer server = AdminServer.start(documents, Databases.h2(), TRUSTING)) {
      for (int i = 0; i < 5; i++) {
        assertEquals(401, from(server, "203.0.113.7:" + (4_000 + i), WRONG).status());
      }
      assertEquals(429, from(server, "203.0.113.7", AdminServer.ADMIN).status());
      assertEquals(200, from(server, "203.0.113.8", AdminServer.ADMIN).status());
      assertEquals(200, from(server, "198.51.100.1, 203.0.113.9", AdminServer.ADMIN).status());
    }
  }

  @Test
  void peerThatIsNotTrusted_isNotBelieved() {
    Map<String, String> alone = Map.of("gatehouse.store", "memory");
    try (AdminServer server = AdminServer.start(documents, Databases.h2(), alone)) {
      for (int i = 0; i < 5; i++) {
        assertEquals(401, from(server, "203.0.113." + i, WRONG).status());
      }
      assertEquals(429, from(server, "203.0.113.99", AdminServer.ADMIN).status());
    }
  }

  @Test
  void ipv6Client_isCountedByItsNetwork() {
    try (AdminServer server = AdminServer.start(documents, Databases.h2(), TRUSTING)) {
      for (int i = 0; i < 5; i++) {
        assertEquals(401, from(server, "2001:db8:1:2::" + i, WRONG).status());
      }
      assertEquals(429, from(server, "2001:db8:1:2:ffff::1", AdminServer.ADMIN).status());
      assertEquals(200, from(server, "2001:db8:1:3::1", AdminServer.ADMIN).status());
    }
  }

  @Test
  void ipv6Prefix_isASetting() {
    Map<String, String> settings =
        Map.of(
            "gatehouse.store",
            "memory",
            "gatehouse.trusted-proxies",
            "127.0.0.1",
            "gatehouse.admin.ipv6-prefix",
            "128");
    try (AdminServer server = AdminServer.start(documents, Databases.h2(), settings)) {
      for (int i = 0; i < 5; i++) {
        assertEquals(401, from(server, "2001:db8:1:2::1", WRONG).status());
      }
      assertEquals(429, from(server, "2001:db8:1:2::1", AdminServer.ADMIN).status());
      assertEquals(200, from(server, "2001:db8:1:2::2", AdminServer.ADMIN).status());
    }
  }

  /** Keys that were tried in parallel were all compared before the first one was counted. */
  @Test
  void wrongKeysAtTheSameTime_areComparedFiveTimesAtMost() throws Exception {
    try (AdminServer server = AdminServer.start(documents, Databases.h2(), TRUSTING)) {
      for (int round = 0; round < 20; round++) {
        String client = "203.0.113." + round;
        List<Integer> answers = ConcurrentTasks.run(16, () -> from(server, client, WRONG).status());
        assertEquals(5, answers.stream().filter(status -> status == 401).count(), client);
        assertEquals(11, answers.stream().filter(status -> status == 429).count(), client);
      }
    }
  }

  @Test
  void audit_namesTheClientAndNotTheProxy() {
    Map<String, String> stored = Map.of("gatehouse.trusted-proxies", "127.0.0.1");
    try (AdminServer server = AdminServer.start(documents, Databases.h2(), stored)) {
      assertEquals(
          201,
          server
              .put(
                  "/consumers/jack",
                  "{\"username\":\"jack\"}",
                  "X-Forwarded-For",
                  "203.0.113.7:49152, 127.0.0.1")
              .status());
      Answer audit = server.get("/audit");
      assertTrue(audit.text().contains("\"203.0.113.7\""), audit.text());
    }
  }

  private static Answer from(AdminServer server, String forwardedFor, String key) {
    return server.raw(
        "GET", "/consumers", new byte[0], "X-API-KEY", key, "X-Forwarded-For", forwardedFor);
  }
}
