package dev.gatehouse.internal.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.GatehouseInitializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The readiness of several applications that share one check. */
class ReadyApplicationsTest {
  @TempDir Path documents;

  @Test
  void noApplicationWithAFilter_isReady() {
    assertEquals(
        new ReadyApplications.Answer(true, Map.of("filter", "none")),
        new ReadyApplications().answer());
  }

  @Test
  void oneApplication_hasPlainNames() throws IOException {
    ReadyApplications applications = new ReadyApplications();
    try (TomcatServer first = start("/first", applications)) {
      assertEquals(404, first.get("/nothing").statusCode());
      assertEquals(Map.of("store", "answers"), applications.answer().data());
    }
  }

  @Test
  void secondApplication_doesNotReplaceTheFirst() throws IOException {
    ReadyApplications applications = new ReadyApplications();
    try (TomcatServer first = start("/first", applications);
        TomcatServer second = start("/second", applications)) {
      assertTrue(first.port() != second.port());
      assertEquals(
          Map.of("/first store", "answers", "/second store", "answers"),
          applications.answer().data());
      assertTrue(applications.answer().ready());
    }
  }

  private TomcatServer start(String path, ReadyApplications applications) throws IOException {
    Files.writeString(
        Files.createDirectories(documents.resolve("WEB-INF")).resolve("gatehouse.yaml"),
        """
        routes: [{ uris: ["/orders/*"], plugins: { key-auth: {} } }]
        consumers: [{ username: acme }]
        """);
    return TomcatServer.start(
        path,
        documents,
        context -> {
          context.addServletContainerInitializer(new GatehouseInitializer(), Set.of());
          context.addServletContainerInitializer(
              (classes, started) -> applications.add(started), Set.of());
        });
  }
}
