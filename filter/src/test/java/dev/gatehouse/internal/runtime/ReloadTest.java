package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.ConcurrentTasks;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.settings.ConfigProblems;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that changes while a Tomcat serves it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReloadTest {
  private static final FileTime OLD = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir Path documents;
  @TempDir Path volume;

  private static String file(String routes, String key) {
    return """
        routes:
        %s
        consumers:
          - username: acme
            credentials: [{ name: main, plugins: { key-auth: { key: "%s" } } }]
        """
        .formatted(routes, key);
  }

  private static String file(String key) {
    return file("  - { uris: [\"/orders/*\"], plugins: { key-auth: {} } }", key);
  }

  private TomcatServer start() {
    return TomcatServer.start(
        "",
        documents,
        context -> {
          context.addParameter("gatehouse.config", "file://" + volume.resolve("gatehouse.yaml"));
          context.addParameter("gatehouse.reload-interval", "1");
          TestApplications.filter(context, "gate", new ConsumerFilter(), "/*");
          TestApplications.servlet(context, new ProbeServlet(), "/*");
        });
  }

  private Path write(String name, String text) throws IOException {
    Path file = volume.resolve(name);
    Files.createDirectories(file.getParent());
    Path next = Files.writeString(volume.resolve("next"), text);
    Files.setLastModifiedTime(next, OLD);
    return Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private void link(String version) throws IOException {
    Path next = volume.resolve("next-link");
    Files.createSymbolicLink(next, volume.resolve(version));
    Files.move(
        next,
        volume.resolve("gatehouse.yaml"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  /** The revoked key worked for ever, because the new file had the time stamp of the old one. */
  @Test
  void key_revokedBySwappingALink_opensNothing() throws Exception {
    write("one/gatehouse.yaml", file("old-key"));
    write("two/gatehouse.yaml", file("new-key"));
    write("zero/gatehouse.yaml", file("first-key"));
    link("zero/gatehouse.yaml");
    try (TomcatServer server = start()) {
      link("one/gatehouse.yaml");
      await(() -> server.get("/orders", "apikey", "old-key").statusCode() == 200);
      link("two/gatehouse.yaml");
      await(() -> server.get("/orders", "apikey", "old-key").statusCode() == 401);
      assertRefused(401, server.get("/orders", "apikey", "old-key"));
      assertRuns(server.get("/orders", "apikey", "new-key"));
    }
  }

  @Test
  void key_revokedByAFileWithTheSameTimeStamp_opensNothing() throws Exception {
    write("gatehouse.yaml", file("first-key"));
    try (TomcatServer server = start()) {
      write("gatehouse.yaml", file("old-key"));
      await(() -> server.get("/orders", "apikey", "old-key").statusCode() == 200);
      write("gatehouse.yaml", file("new-key"));
      await(() -> server.get("/orders", "apikey", "old-key").statusCode() == 401);
      assertRuns(server.get("/orders", "apikey", "new-key"));
    }
  }

  /** The text that refers to the secret did not change, so the old secret worked for ever. */
  @Test
  void key_changedInAReferencedFile_isApplied() throws Exception {
    Path secret = write("secret", "old-key\n");
    write("gatehouse.yaml", file("$file://" + secret));
    try (TomcatServer server = start()) {
      assertRuns(server.get("/orders", "apikey", "old-key"));
      write("secret", "new-key\n");
      await(() -> server.get("/orders", "apikey", "old-key").statusCode() == 401);
      assertRefused(401, server.get("/orders", "apikey", "old-key"));
      assertRuns(server.get("/orders", "apikey", "new-key"));
      Files.delete(secret);
      await(() -> server.get("/orders", "apikey", "new-key").statusCode() == 401);
      write("secret", "last-key\n");
      await(() -> server.get("/orders", "apikey", "last-key").statusCode() == 200);
    }
  }

  /** The counter of the first Route went to the one that was inserted before it. */
  @Test
  void route_thatIsInserted_hasItsOwnCounter() throws Exception {
    String plugins = "{ key-auth: {}, limit-count: { count: 1, time_window: 600 } }";
    String orders = "  - { uris: [\"/orders/*\"], plugins: " + plugins + " }";
    String stock = "  - { uris: [\"/stock/*\"], plugins: " + plugins + " }\n";
    write("gatehouse.yaml", file(orders, "a-key"));
    try (TomcatServer server = start()) {
      assertRuns(server.get("/orders", "apikey", "a-key"));
      assertRefused(429, server.get("/orders", "apikey", "a-key"));
      write("gatehouse.yaml", file(stock + orders, "a-key"));
      await(() -> server.get("/stock").statusCode() == 401);
      assertRefused(429, server.get("/orders", "apikey", "a-key"));
      assertRuns(server.get("/stock", "apikey", "a-key"));
      assertRefused(429, server.get("/stock", "apikey", "a-key"));
    }
  }

  /** Each filter that asked at the same time opened an application of its own. */
  @Test
  void application_isOpenedOnce() throws Exception {
    write("gatehouse.yaml", file("a-key"));
    for (int round = 0; round < 20; round++) {
      Set<ApplicationRuntime> opened = Collections.newSetFromMap(new IdentityHashMap<>());
      Opening opening = new Opening(opened);
      TomcatServer.start(
              "",
              documents,
              context -> {
                context.addServletContainerInitializer(opening, Set.of());
                context.addParameter(
                    "gatehouse.config", "file://" + volume.resolve("gatehouse.yaml"));
                TestApplications.filter(context, "gate", new ConsumerFilter(), "/*");
              })
          .close();
      assertEquals(1, opened.size());
    }
  }

  private record Opening(Set<ApplicationRuntime> opened) implements ServletContainerInitializer {
    @Override
    public void onStartup(Set<Class<?>> types, ServletContext context) {
      try {
        opened.addAll(
            ConcurrentTasks.run(8, () -> ApplicationRuntime.of(context, new ConfigProblems())));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void await(BooleanSupplier holds) {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (!holds.getAsBoolean()) {
      assertTrue(Instant.now().isBefore(end), "not within 20 s");
    }
  }

  private static void assertRefused(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertFalse(answer.body().contains(ProbeServlet.MARKER), answer.body());
  }

  private static void assertRuns(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains(ProbeServlet.MARKER), answer.body());
  }
}
