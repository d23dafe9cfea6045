package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.internal.jpa.AdminServer.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Admin API where Consumers come from the file, and where it is off. */
final class AdminOverFileTest {
  private static final Map<String, String> FILE = Map.of("gatehouse.store", "memory");

  @Test
  void consumersOfTheFile_areShownAndNotChanged(@TempDir Path documents) {
    try (AdminServer server = AdminServer.start(documents, Databases.h2(), FILE)) {
      Answer list = server.get("/consumers?label=tier=gold");
      assertEquals(1, list.body().path("total").asInt(), list.text());
      assertEquals("fixed", list.body().at("/list/0/value/username").asText());
      assertEquals(200, server.get("/consumers/fixed").status());
      assertEquals(1, server.get("/consumers/fixed/credentials").body().path("total").asInt());
      assertFalse(server.get("/consumers/fixed/credentials").text().contains("fixed-key"));
      for (String method : List.of("PUT", "PATCH", "DELETE")) {
        for (String path : List.of("/consumers/fixed", "/consumers/fixed/credentials/main")) {
          Answer refused = server.send(method, path, "{}");
          assertEquals(405, refused.status(), refused.text());
          assertTrue(refused.error().contains("configuration file"), refused.error());
        }
      }
      assertTrue(server.opens("fixed-key"));
    }
  }

  @Test
  void withoutKeys_theApiIsDisabled(@TempDir Path documents) {
    Map<String, String> keyless =
        Map.of("gatehouse.store", "memory", "gatehouse.admin-keys", "off");
    assertThrowsAtStart(documents, keyless);
    try (AdminServer server = AdminServer.start(documents, Databases.h2(), FILE, false)) {
      Answer off = server.get("/consumers");
      assertEquals(503, off.status());
      assertTrue(off.error().contains("gatehouse.admin-keys"), off.error());
      assertFalse(off.text().contains("fixed"));
    }
  }

  private static void assertThrowsAtStart(Path documents, Map<String, String> settings) {
    assertThrows(
        IllegalStateException.class,
        () -> AdminServer.start(documents, Databases.h2(), settings).close());
  }
}
