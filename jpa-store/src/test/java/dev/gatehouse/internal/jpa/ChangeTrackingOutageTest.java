package dev.gatehouse.internal.jpa;

import static dev.gatehouse.contract.Entries.KEY_AUTH;
import static dev.gatehouse.contract.Entries.consumer;
import static dev.gatehouse.contract.Entries.keyAuth;
import static dev.gatehouse.contract.Entries.lookup;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.ConcurrentTasks;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.internal.store.cache.Caching;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.StoreException;
import io.agroal.api.AgroalDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that is stopped, or killed and started again, behind a store that is watched. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ChangeTrackingOutageTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration AWAY = Duration.ofSeconds(Long.getLong("outage.seconds", 6));

  private final Path data;

  ChangeTrackingOutageTest(@TempDir Path data) {
    this.data = data;
  }

  @Test
  void stoppedDatabase_servesKnownCallersFast_andFailsForUnknownOnes() throws Exception {
    try (EmbeddedPostgres server = server(0);
        AgroalDataSource pool = Databases.pool(server.getPort());
        ConsumerRepository store = watched(pool)) {
      fill(store);
      PostgresProcesses processes = PostgresProcesses.of(server);
      processes.signal("STOP");
      try {
        ConcurrentTasks.run(4, () -> strangers(store));
        long[] waits = known(store);
        long p99 = waits[waits.length * 99 / 100];
        assertTrue(p99 < Duration.ofMillis(50).toNanos(), p99 + " ns");
      } finally {
        processes.signal("CONT");
      }
      awaitAnswer(store);
      store.remove("acme", "primary");
      assertEquals("gone", usernameOf(store, "k1"));
    }
  }

  @Test
  void databaseThatIsKilled_recoversWithinTenSeconds() throws Exception {
    EmbeddedPostgres first = server(0);
    int port = first.getPort();
    try (AgroalDataSource pool = Databases.pool(port);
        ConsumerRepository store = watched(pool)) {
      fill(store);
      first.close();
      strangers(store);
      assertEquals("acme", usernameOf(store, "k1"));
      assertThrows(StoreException.class, () -> store.put(consumer("bob")));
      assertEquals("acme", usernameOf(store, "k1"), "a failed write about another one");
      try (EmbeddedPostgres second = server(port)) {
        awaitAnswer(store);
        assertTrue(store.put(consumer("bob")), "on port " + second.getPort());
      }
    }
  }

  /** Connections that break in the middle of whatever they do. */
  @Test
  void connectionsThatAreCut_giveNoWrongAnswer() throws Exception {
    int many = 2_000;
    try (EmbeddedPostgres server = server(0);
        AgroalDataSource pool = Databases.pool(server.getPort());
        ConsumerRepository store = watched(pool)) {
      fill(store);
      List<ConsumerEntry> others = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        others.add(Entries.entry("o" + i, keyAuth("main", "other " + i)));
      }
      store.putAll(others);
      assertEquals("acme", usernameOf(store, "k1"));
      AtomicBoolean over = new AtomicBoolean();
      Thread cutter = new Thread(() -> cut(server.getPostgresDatabase(), over));
      cutter.start();
      int answered = 0;
      try {
        for (int i = 0; i < many; i++) {
          assertEquals("acme", usernameOf(store, "k1"));
          String other = usernameOf(store, "other " + i);
          assertTrue(other.equals("o" + i) || other.equals("in the open"), other);
          String stranger = usernameOf(store, "stranger " + i);
          assertTrue(stranger.equals("gone") || stranger.equals("in the open"), stranger);
          answered += other.equals("in the open") || stranger.equals("in the open") ? 0 : 1;
        }
      } finally {
        over.set(true);
        cutter.join();
      }
      assertTrue(answered < many, "positive control: some were cut");
      awaitAnswer(store);
      assertEquals("o7", usernameOf(store, "other 7"));
    }
  }

  private static void cut(DataSource database, AtomicBoolean over) {
    while (!over.get()) {
      Databases.ask(
          database,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type ="
              + " 'client backend' AND pid <> pg_backend_pid()");
      LockSupport.parkNanos(3_000_000);
    }
  }

  /** Asks for unknown keys all the time. */
  private static int strangers(ConsumerRepository store) {
    long end = System.nanoTime() + AWAY.toNanos();
    int asked = 0;
    while (System.nanoTime() < end) {
      String key = "stranger" + asked++;
      long begun = System.nanoTime();
      assertEquals("in the open", usernameOf(store, key));
      long waited = System.nanoTime() - begun;
      assertTrue(waited < TIMEOUT.multipliedBy(2).toNanos(), waited + " ns");
      LockSupport.parkNanos(1_000_000);
    }
    return asked;
  }

  private static long[] known(ConsumerRepository store) {
    long[] waits = new long[10_000];
    for (int i = 0; i < waits.length; i++) {
      long begun = System.nanoTime();
      assertEquals("acme", usernameOf(store, "k1"));
      waits[i] = System.nanoTime() - begun;
    }
    Arrays.sort(waits);
    return waits;
  }

  private static String usernameOf(ConsumerRepository store, String key) {
    try {
      var found = store.credential(KEY_AUTH, lookup(key));
      return found == null ? "gone" : found.consumer().username();
    } catch (StoreException e) {
      return "in the open";
    }
  }

  private static void awaitAnswer(ConsumerRepository store) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!usernameOf(store, "unknown").equals("gone")) {
      assertTrue(System.nanoTime() < end, "not within 10 s");
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static void fill(ConsumerRepository store) {
    store.put(consumer("acme"));
    store.put("acme", keyAuth("primary", "k1"));
    assertNotNull(store.credential(KEY_AUTH, lookup("k1")));
  }

  private static ConsumerRepository watched(AgroalDataSource pool) {
    InstantSource ticker = InstantSource.system();
    return Caching.track(
        JpaConsumerStores.on(pool).open(),
        new ChangeFeed.Tracking(
            1_000,
            Duration.ofMillis(500),
            TIMEOUT,
            Duration.ofMinutes(5),
            ChangeFeed.Preloading.NONE),
        ticker);
  }

  private EmbeddedPostgres server(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        .start();
  }
}
