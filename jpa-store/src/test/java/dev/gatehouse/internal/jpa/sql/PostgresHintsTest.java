package dev.gatehouse.internal.jpa.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.Entries;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.jpa.Databases;
import dev.gatehouse.internal.store.cache.Caching;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ChangeHints;
import dev.gatehouse.spi.store.ConsumerRepository;
import io.agroal.api.AgroalDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that are notified of changes. Polling alone would find them much later. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresHintsTest {
  private static final Duration SELDOM = Duration.ofMinutes(10);
  private static final int ROUNDS = 100;

  private static ConsumerRepository node(DataSource database, Duration interval) {
    return Caching.track(
        JpaConsumerStores.on(database).open(),
        new ChangeFeed.Tracking(
            1_000,
            interval,
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            ChangeFeed.Preloading.NONE,
            Duration.ofMinutes(1),
            true),
        new TestClock());
  }

  private static boolean knows(ConsumerRepository node, String key) {
    return node.credential(Entries.KEY_AUTH, Entries.lookup(key)) != null;
  }

  private static long until(Duration most, BooleanSupplier done) {
    long begun = System.nanoTime();
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() - begun < most.toNanos(), "not within " + most);
      LockSupport.parkNanos(200_000);
    }
    return System.nanoTime() - begun;
  }

  @Test
  void revocations_reachTheOtherNodeAtOnce() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        AgroalDataSource pool = Databases.pool(server.getPort());
        ConsumerRepository one = node(pool, SELDOM);
        ConsumerRepository other = node(pool, SELDOM)) {
      one.put(Entries.consumer("acme"));
      awaitListeners(pool, 2);
      long worst = 0;
      for (int i = 0; i < ROUNDS; i++) {
        String key = "key " + i;
        one.put("acme", Entries.keyAuth("main", key));
        until(Duration.ofSeconds(5), () -> knows(other, key));
        assertTrue(one.remove("acme", "main"));
        assertNull(one.credential(Entries.KEY_AUTH, Entries.lookup(key)));
        worst = Math.max(worst, until(Duration.ofSeconds(5), () -> !knows(other, key)));
      }
      assertTrue(worst < Duration.ofMillis(500).toNanos(), worst + " ns");
    }
  }

  @Test
  void manualRevision_isNotified_alsoAfterAnOutage() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        AgroalDataSource pool = Databases.pool(server.getPort());
        ConsumerRepository node = node(pool, SELDOM)) {
      node.putAll(List.of(Entries.entry("acme", Entries.keyAuth("main", "k1"))));
      assertTrue(knows(node, "k1"));
      awaitListeners(pool, 1);
      Databases.run(
          pool,
          "DELETE FROM gatehouse_credentials",
          "UPDATE gatehouse_revision SET revision = revision + 1");
      until(Duration.ofSeconds(5), () -> !knows(node, "k1"));
      Databases.run(
          server.getPostgresDatabase(),
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
      try (ConsumerRepository elsewhere = JpaConsumerStores.on(pool).open()) {
        elsewhere.put("acme", Entries.keyAuth("main", "k2"));
        until(Duration.ofSeconds(30), () -> knows(node, "k2"));
      }
    }
  }

  /** Two applications in one database, each with its own schema, made each other look. */
  @Test
  void changesInAnotherSchema_giveNoHints() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      Databases.run(server.getPostgresDatabase(), "CREATE SCHEMA a", "CREATE SCHEMA b");
      String url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?currentSchema=";
      try (AgroalDataSource poolOfA = Databases.pool(url + "a", "postgres");
          AgroalDataSource poolOfB = Databases.pool(url + "b", "postgres");
          ConsumerRepository a = JpaConsumerStores.on(poolOfA).open();
          ConsumerRepository b = JpaConsumerStores.on(poolOfB).open();
          ChangeHints hints = a.feed().orElseThrow().hints().orElseThrow()) {
        AtomicInteger heard = new AtomicInteger();
        hints.listen(heard::incrementAndGet);
        until(Duration.ofSeconds(10), () -> heard.get() == 1);
        for (int i = 0; i < 20; i++) {
          b.put(Entries.consumer("b" + i));
        }
        a.put(Entries.consumer("a"));
        until(Duration.ofSeconds(10), () -> heard.get() > 1);
        assertEquals(2, heard.get());
      }
    }
  }

  @Test
  void databaseWithoutHints_isPolled() {
    DataSource database = Databases.h2();
    try (ConsumerRepository one = node(database, Duration.ofMillis(20));
        ConsumerRepository other = node(database, Duration.ofMillis(20))) {
      one.putAll(List.of(Entries.entry("acme", Entries.keyAuth("main", "k1"))));
      until(Duration.ofSeconds(5), () -> knows(other, "k1"));
    }
  }

  @Test
  void close_endsTheThread_andGivesTheConnectionBackAsItWas() throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        AgroalDataSource pool = Databases.pool(server.getPort())) {
      ConsumerRepository node = node(pool, SELDOM);
      awaitListeners(pool, 1);
      assertNotNull(listener());
      node.close();
      assertNull(listener());
      assertEquals(0, pool.getMetrics().activeCount());
      awaitListeners(pool, 0);
    }
  }

  private static @Nullable Thread listener() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("gatehouse-hints"))
        .findFirst()
        .orElse(null);
  }

  /** As many as have said so last on their connection, since each of them only waits then. */
  private static void awaitListeners(DataSource database, int count) {
    until(
        Duration.ofSeconds(10),
        () ->
            Databases.ask(database, "SELECT pid FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
                    .size()
                == count);
  }
}
