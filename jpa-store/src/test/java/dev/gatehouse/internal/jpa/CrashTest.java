package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.Entries;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import io.agroal.api.AgroalDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that are killed while they write: acknowledged writes are there afterwards. {@code
 * -Dcrash.rounds=200} asks for more rounds.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("crash.rounds", 3);
  private static final int MAX_WRITES = 20;

  private final Random random = new Random(15);
  @TempDir private Path data = Path.of("");

  @Test
  void nodeThatIsKilled_hasLostNothingThatItAcknowledged() throws Exception {
    try (EmbeddedPostgres server = server()) {
      String url = server.getJdbcUrl("postgres", "postgres");
      assertNothingLost(url, ROUNDS, () -> {});
    }
  }

  /** H2 delays the write of a commit by half a second by default. */
  @Test
  void nodeThatIsKilledWithItsOwnDatabase_hasLostNothingThatItAcknowledged() throws Exception {
    String url = "jdbc:h2:file:" + data.resolve("store") + ";DB_CLOSE_DELAY=-1;WRITE_DELAY=0";
    DataSource database = CrashWriter.at(url);
    assertNothingLost(url, Math.min(2, ROUNDS), () -> Databases.run(database, "SHUTDOWN"));
  }

  private void assertNothingLost(String url, int rounds, Runnable release)
      throws IOException, SQLException {
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      List<String> written = killed(url, "r" + round);
      acknowledged.addAll(written);
      assertAllThere(url, round + 1 == rounds ? acknowledged : written);
      release.run();
    }
    assertTrue(acknowledged.size() >= rounds, "positive control: it has written");
  }

  private static void assertAllThere(String url, List<String> names) throws SQLException {
    boolean postgres = url.startsWith("jdbc:postgresql:");
    try (AgroalDataSource pool = Databases.pool(url, postgres ? "postgres" : "");
        ConsumerRepository store = JpaConsumerStores.on(pool).open()) {
      assertAllThere(store, names);
    }
  }

  /** Returns what a process said that it had written before it was killed. */
  private List<String> killed(String url, String name) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                CrashWriter.class.getName(),
                url,
                name)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> said = new ArrayList<>();
    int most = 1 + random.nextInt(MAX_WRITES);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(name)) {
          said.add(line);
        }
        if (said.size() == most) {
          assertTrue(process.toHandle().destroyForcibly());
        }
      }
    }
    assertTrue(said.size() >= most, () -> "it ended by itself: " + said);
    return said;
  }

  @Test
  void databaseThatIsKilled_hasLostNothingThatWasAcknowledged() throws Exception {
    List<String> acknowledged = new CopyOnWriteArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      EmbeddedPostgres server = server();
      try (AgroalDataSource pool = Databases.pool(server.getPort());
          ConsumerRepository store = JpaConsumerStores.on(pool).open()) {
        assertAllThere(store, acknowledged);
        int before = acknowledged.size();
        writeUntilItIsKilled(server, store, "r" + round, acknowledged);
        assertTrue(acknowledged.size() > before, "positive control: it has written");
      } finally {
        server.close();
      }
    }
    try (EmbeddedPostgres server = server();
        AgroalDataSource pool = Databases.pool(server.getPort());
        ConsumerRepository store = JpaConsumerStores.on(pool).open()) {
      assertAllThere(store, acknowledged);
    }
  }

  private void writeUntilItIsKilled(
      EmbeddedPostgres server, ConsumerRepository store, String name, List<String> acknowledged)
      throws Exception {
    PostgresProcesses processes = PostgresProcesses.all(server);
    CountDownLatch enough = new CountDownLatch(1 + random.nextInt(MAX_WRITES));
    AtomicBoolean over = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; !over.get(); i++) {
                String one = name + "-" + i;
                try {
                  store.putAll(
                      List.of(Entries.entry(one, Entries.keyAuth("main", "key of " + one))));
                } catch (StoreException gone) {
                  return;
                }
                acknowledged.add(one);
                enough.countDown();
              }
            });
    writer.start();
    assertTrue(enough.await(1, TimeUnit.MINUTES));
    processes.signal("KILL");
    over.set(true);
    writer.join();
  }

  private static void assertAllThere(ConsumerRepository store, List<String> names) {
    for (String name : names) {
      StoredCredential found = store.credential(Entries.KEY_AUTH, Entries.lookup("key of " + name));
      assertNotNull(found, name);
      assertEquals(name, found.consumer().username());
    }
  }

  /** With the settings that a real server has, which the embedded one leaves out to be quick. */
  private EmbeddedPostgres server() throws IOException {
    return EmbeddedPostgres.builder()
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("fsync", "on")
        .setServerConfig("full_page_writes", "on")
        .setDataDirectory(data.resolve("postgres"))
        .setCleanDataDirectory(false)
        .start();
  }
}
