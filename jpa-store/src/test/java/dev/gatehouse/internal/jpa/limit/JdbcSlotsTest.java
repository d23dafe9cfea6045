package dev.gatehouse.internal.jpa.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.jpa.Databases;
import dev.gatehouse.internal.jpa.PostgresProcesses;
import dev.gatehouse.internal.jpa.TestJndi;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.jpa.SchemaMode;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.ConfigProblems;
import dev.gatehouse.spi.limit.Cluster;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.limit.ManagedCluster;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.spi.limit.SharedSlots;
import dev.gatehouse.spi.limit.SharedSlotsProvider;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.store.Stores;
import io.agroal.api.AgroalDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine of limits in a database: how it is opened, what it leaves, and when it hangs. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class JdbcSlotsTest {
  private static final String NAME = "java:app/jdbc/limits";
  private static final CounterKey KEY =
      new CounterKey(new CounterOwner("consumer", "acme"), "limit-count", "all");
  private static final RateWindow THREE = new RateWindow(3, 3_600_000);
  private static final Duration TIMEOUT = Duration.ofMillis(200);

  private final JdbcDataSource database = Databases.h2();
  private final ConfigProblems mistakes = new ConfigProblems();

  @AfterEach
  void unbind() {
    TestJndi.unbind();
  }

  @Test
  void services_nameTheEngine() {
    assertEquals("jdbc", provider().name());
    assertTrue(provider().settings().contains("gatehouse.limits.data-source"));
  }

  @Test
  void open_makesItsTableBesideTheStores() {
    TestJndi.bind(Map.of(NAME, database));
    JpaConsumerStores.on(database).open().close();
    for (String setting : List.of("gatehouse.limits.data-source", "gatehouse.data-source")) {
      SharedSlots slots = open(Map.of(setting, NAME)).orElseThrow();
      assertTrue(slots.replace(setting, null, new byte[] {1}, Duration.ofMinutes(1)).done());
    }
    assertEquals(List.of("2"), Databases.ask(database, "SELECT COUNT(*) FROM gatehouse_slots"));
    JpaConsumerStores.on(database).schema(SchemaMode.VALIDATE).open().close();
    assertTrue(
        open(Map.of("gatehouse.data-source", NAME, "gatehouse.schema", "validate")).isPresent());
    assertEquals(List.of(), mistakes.found());
  }

  @Test
  void open_withWrongSettings_namesThem() {
    TestJndi.bind(Map.of(NAME, database));
    assertTrue(open(Map.of()).isEmpty());
    assertTrue(open(Map.of("gatehouse.data-source", "java:app/none")).isEmpty());
    assertTrue(
        open(Map.of("gatehouse.limits.data-source", NAME, "gatehouse.schema", "make")).isEmpty());
    assertTrue(
        open(Map.of("gatehouse.limits.data-source", NAME, "gatehouse.schema", "validate"))
            .isEmpty());
    assertEquals(
        List.of(
            "gatehouse.limits.data-source: must be the JNDI name of a data source; it is not set",
            "gatehouse.data-source: must be the JNDI name of a data source; nothing usable is bound"
                + " to java:app/none",
            "gatehouse.schema: must be one of migrate, validate, none, was make"),
        mistakes.found().stream().map(ConfigProblem::toString).toList().subList(0, 3));
    assertEquals(4, mistakes.found().size(), "validate finds no table");
  }

  /** The log said SQLSTATE and code only, and an URL was repeated with its password. */
  @Test
  void open_whenTheDatabaseCannotBeUsed_saysWhy() {
    JdbcDataSource absent = new JdbcDataSource();
    absent.setURL("jdbc:h2:mem:nowhere;IFEXISTS=TRUE;PASSWORD=s3cr3t");
    TestJndi.bind(Map.of(NAME, absent));
    Queue<String> logged = new ConcurrentLinkedQueue<>();
    Logger logger = Logger.getLogger(JdbcSlotsProvider.class.getName());
    Handler handler = new LogRecorder(logged);
    logger.addHandler(handler);
    try {
      assertTrue(open(Map.of("gatehouse.limits.data-source", NAME)).isPresent());
    } finally {
      logger.removeHandler(handler);
    }
    String text = String.join("\n", logged);
    assertTrue(text.contains("there is no such database"), text);
    assertFalse(text.contains("s3cr3t"), text);
    assertTrue(
        open(Map.of("gatehouse.limits.data-source", "jdbc:h2:mem:a;PASSWORD=s3cr3t")).isEmpty());
    assertEquals(
        List.of(
            "gatehouse.limits.data-source: must be the JNDI name of a data source; a JDBC URL is"
                + " none: define a data source for it in the server"),
        mistakes.found().stream().map(ConfigProblem::toString).toList());
  }

  private static final class LogRecorder extends Handler {
    private final Queue<String> logged;

    LogRecorder(Queue<String> logged) {
      this.logged = logged;
    }

    @Override
    public void publish(LogRecord line) {
      logged.add(new SimpleFormatter().formatMessage(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void slots_thatHaveExpired_areSwept() {
    SharedSlots slots = new JdbcSlots(database, SchemaMode.MIGRATE);
    assertTrue(slots.replace("old", null, new byte[] {1}, Duration.ofMillis(-1)).done());
    assertTrue(slots.replace("new", null, new byte[] {1}, Duration.ofMinutes(1)).done());
    for (int i = 0; i < 120; i++) {
      assertTrue(slots.millis() > 0);
    }
    assertEquals(List.of("new"), Databases.ask(database, "SELECT name FROM gatehouse_slots"));
  }

  @Test
  void table_holdsNoNameAndNoAddress() {
    try (ManagedCluster cluster = join(new JdbcSlots(database, SchemaMode.MIGRATE), TIMEOUT)) {
      CounterKey key = new CounterKey(KEY.owner(), "limit-count", "192.0.2.77");
      assertEquals(2, firstAnswer(cluster.limits(Cluster.Sync.EXACT), key).remaining());
    }
    String dump = String.join("\n", Databases.ask(database, "SCRIPT"));
    assertTrue(dump.contains("gatehouse:1:"), "positive control");
    assertFalse(dump.contains("192.0.2.77") || dump.contains("acme"), dump);
  }

  /** A stopped process holds connections open and answers nothing. */
  @Test
  void postgres_whenStoppedForSeconds_blocksNoRequestAndRecovers() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        AgroalDataSource pool = Databases.pool(server.getPort());
        ManagedCluster cluster = join(new JdbcSlots(pool, SchemaMode.MIGRATE), TIMEOUT)) {
      RateLimiter limits = cluster.limits(Cluster.Sync.EXACT);
      assertEquals(2, firstAnswer(limits, KEY).remaining());
      PostgresProcesses processes = PostgresProcesses.of(server);
      processes.signal("STOP");
      try {
        long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
        while (System.nanoTime() < end) {
          long begun = System.nanoTime();
          assertThrows(StoreException.class, () -> limits.acquire(KEY, THREE, 0));
          long waited = Duration.ofNanos(System.nanoTime() - begun).toMillis();
          assertTrue(waited < 5 * TIMEOUT.toMillis(), waited + " ms");
          LockSupport.parkNanos(10_000_000);
        }
      } finally {
        processes.signal("CONT");
      }
      long left = firstAnswer(limits, KEY).remaining();
      assertTrue(left <= 1, "what was used is used: " + left);
    }
  }

  private static ManagedCluster join(SharedSlots slots, Duration timeout) {
    return Stores.join(slots, new Stores.Sharing("test", timeout, 1_000), new TestClock());
  }

  private static RateWindow.Result firstAnswer(RateLimiter limits, CounterKey key) {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (true) {
      try {
        return limits.acquire(key, THREE, 0);
      } catch (StoreException e) {
        assertTrue(System.nanoTime() < end, "not within 5 s");
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private Optional<SharedSlots> open(Map<String, String> settings) {
    return provider().open(name -> Optional.ofNullable(settings.get(name)), mistakes);
  }

  private static SharedSlotsProvider provider() {
    return ServiceLoader.load(SharedSlotsProvider.class).findFirst().orElseThrow();
  }
}
