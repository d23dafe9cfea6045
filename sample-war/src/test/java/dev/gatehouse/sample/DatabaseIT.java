package dev.gatehouse.sample;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.h2.tools.Server;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The sample's database runs in this process, so that it can be stopped under the sample. */
@ArquillianTest
class DatabaseIT {
  private static final String KEY = "apikey";
  private static final String SEEN = TestConsumers.key("seen");
  private static final String UNSEEN = TestConsumers.key("unseen");
  private static final Path DIRECTORY = SampleWar.freshDirectory("database");
  private static final StoppableDatabase DATABASE = new StoppableDatabase(DIRECTORY);

  @ArquillianResource URI base = URI.create("http://127.0.0.1");

  @Deployment(testable = false)
  static WebArchive sample() throws SQLException {
    DATABASE.start();
    return SampleWar.named("database")
        .plusConsumers(
            TestConsumers.limited("seen", 10_000, 60) + TestConsumers.limited("unseen", 10_000, 60))
        .withDatabase(DATABASE.address())
        .archive();
  }

  @AfterAll
  static void stop() {
    DATABASE.stop();
  }

  @Test
  void databaseStopped_servesKnownCallers_refusesOthersWith503AndRecovers() throws Exception {
    Client client = new Client(base);
    assertEquals(200, client.get("/api/whoami", KEY, SEEN).statusCode());
    assertEquals(401, client.get("/api/whoami", KEY, "wrong-before").statusCode());

    DATABASE.stop();
    HttpResponse<String> known = client.get("/api/whoami", KEY, UNSEEN);
    HttpResponse<String> unknown = client.get("/api/whoami", KEY, "wrong-meanwhile");
    HttpResponse<String> none = client.get("/api/whoami");
    HttpResponse<String> seen = client.get("/api/whoami", KEY, SEEN);
    assertAll(
        () -> assertEquals(200, known.statusCode(), known::body),
        () -> assertTrue(known.body().contains("\"consumer\":\"unseen\""), known::body),
        () -> assertEquals(503, unknown.statusCode(), unknown::body),
        () -> assertTrue(unknown.headers().firstValue("Retry-After").isPresent()),
        () -> assertEquals(200, seen.statusCode(), seen::body),
        () -> assertTrue(seen.body().contains("\"consumer\":\"seen\""), seen::body),
        () -> assertEquals(401, none.statusCode()),
        () -> assertEquals(200, client.get("/").statusCode()));

    DATABASE.start();
    HttpResponse<String> again = client.get("/api/whoami", KEY, "wrong-after");
    long start = System.nanoTime();
    while (again.statusCode() == 503
        && System.nanoTime() - start < Duration.ofSeconds(30).toNanos()) {
      again = client.get("/api/whoami", KEY, "wrong-after");
    }
    assertEquals(401, again.statusCode(), again::body);
    assertEquals(200, client.get("/api/whoami", KEY, UNSEEN).statusCode());
  }

  /** An H2 server on the loopback interface with a fixed port and fixed files. */
  private static final class StoppableDatabase {
    private final Path directory;
    private int port;
    private @Nullable Server server;

    StoppableDatabase(Path directory) {
      this.directory = directory;
    }

    void start() throws SQLException {
      server =
          Server.createTcpServer(
                  "-tcpPort",
                  String.valueOf(port),
                  "-baseDir",
                  directory.toString(),
                  "-ifNotExists")
              .start();
      port = server.getPort();
    }

    void stop() {
      Server running = server;
      server = null;
      if (running != null) {
        running.stop();
      }
    }

    String address() {
      return "jdbc:h2:tcp://127.0.0.1:" + port + "/./orders";
    }
  }
}
