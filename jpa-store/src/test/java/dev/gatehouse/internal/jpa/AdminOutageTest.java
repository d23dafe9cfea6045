package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.internal.jpa.AdminServer.Answer;
import io.agroal.api.AgroalDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Admin API while the database hangs: it answers 503 in time, and writes nothing by halves. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AdminOutageTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  /** Beside the timeout there is the work of a busy machine. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private static final String KEY = "{\"name\":\"k\",\"plugins\":{\"key-auth\":{}}}";

  @TempDir private Path documents = Path.of("");

  private AdminServer server(AgroalDataSource pool) {
    return AdminServer.start(
        documents, pool, Map.of("gatehouse.store.timeout", Long.toString(TIMEOUT.toMillis())));
  }

  @Test
  void databaseThatIsStopped_answers503InTime() throws Exception {
    try (EmbeddedPostgres database = EmbeddedPostgres.start();
        AgroalDataSource pool = Databases.pool(database.getPort());
        AdminServer server = server(pool)) {
      PostgresProcesses processes = PostgresProcesses.of(database);
      fill(server);
      for (Supplier<Answer> request : requests(server)) {
        processes.signal("STOP");
        try {
          isUnavailableInTime(request);
        } finally {
          processes.signal("CONT");
        }
        awaitAnswer(server);
      }
      isWhole(server);
    }
  }

  @Test
  void poolThatIsExhausted_answers503InTime() throws Exception {
    try (EmbeddedPostgres database = EmbeddedPostgres.start();
        AgroalDataSource pool = Databases.pool(database.getPort());
        AdminServer server = server(pool)) {
      fill(server);
      for (Supplier<Answer> request : requests(server)) {
        List<Connection> all = new ArrayList<>();
        try {
          while (pool.getMetrics().availableCount() > 0 || all.size() < 20) {
            all.add(pool.getConnection());
          }
          isUnavailableInTime(request);
        } finally {
          close(all);
        }
        awaitAnswer(server);
      }
      isWhole(server);
    }
  }

  private static void close(List<Connection> all) throws SQLException {
    for (Connection one : all) {
      one.close();
    }
  }

  private static void fill(AdminServer server) {
    assertEquals(201, server.put("/consumers/acme", "{\"username\":\"acme\"}").status());
    assertEquals(201, server.put("/consumers/acme/credentials/main", KEY_SENT).status());
  }

  private static final String KEY_SENT =
      "{\"name\":\"main\",\"plugins\":{\"key-auth\":{\"key\":\"acmes-own-key\"}}}";

  private static List<Supplier<Answer>> requests(AdminServer server) {
    return List.of(
        () -> server.get("/consumers/acme"),
        () -> server.get("/consumers"),
        () -> server.post("/export", "{}"),
        () -> server.get("/audit"),
        () -> server.get("/consumer_groups"),
        () ->
            server.put(
                "/consumers/bob",
                "{\"username\":\"bob\",\"plugins\":{\"key-auth\":{\"key\":\"bobs-key\"}}}"),
        () -> server.post("/consumers/acme/credentials", KEY),
        () -> server.delete("/consumers/acme/credentials/main"));
  }

  private static void isUnavailableInTime(Supplier<Answer> request) {
    long begun = System.nanoTime();
    Answer answer = request.get();
    Duration waited = Duration.ofNanos(System.nanoTime() - begun);
    assertEquals(503, answer.status(), answer.text());
    assertTrue(waited.compareTo(TIMEOUT.plus(SLACK)) < 0, waited.toString());
  }

  private static void awaitAnswer(AdminServer server) {
    long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    while (server.get("/consumers/acme").status() != 200) {
      assertTrue(System.nanoTime() < end, "not within 40 s");
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** What was not waited for is there with all that belongs to it, or not at all. */
  private static void isWhole(AdminServer server) {
    Answer bob = server.get("/consumers/bob");
    assertEquals(bob.status() == 200, server.opens("bobs-key"), bob.text());
    Answer main = server.get("/consumers/acme/credentials/main");
    assertEquals(main.status() == 200, server.opens("acmes-own-key"), main.text());
  }
}
