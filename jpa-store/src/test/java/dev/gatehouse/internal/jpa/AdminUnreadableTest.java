package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Secret;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.internal.jpa.AdminServer.Answer;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.internal.store.cache.Caching;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One secret or row that cannot be read: the rest of its Consumer is managed and served. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AdminUnreadableTest {
  private static final String HMAC =
      "{\"name\":\"sig\",\"plugins\":{\"hmac-auth\":{\"key_id\":\"%s\",\"secret_key\":\"%s\"}}}";
  private static final String SECRET = "a secret of 32 bytes, or of more!";
  private static final String KEY =
      "{\"name\":\"main\",\"plugins\":{\"key-auth\":{\"key\":\"%s\"}}}";

  private static final String MASTER = "a master key of at least 32 bytes";

  private final JdbcDataSource database = Databases.h2();
  @TempDir private Path documents = Path.of("");

  @BeforeEach
  void fill() {
    try (AdminServer server = server()) {
      for (String name : new String[] {"acme", "bob"}) {
        String path = "/consumers/" + name;
        assertEquals(201, server.put(path, "{\"username\":\"" + name + "\"}").status());
        String sig = HMAC.formatted(name + "-id", SECRET);
        assertEquals(201, server.put(path + "/credentials/sig", sig).status());
        assertEquals(
            201, server.put(path + "/credentials/main", KEY.formatted(name + "-key")).status());
      }
    }
  }

  @AfterEach
  void stop() {
    Databases.run(database, "SHUTDOWN");
  }

  private AdminServer server() {
    return AdminServer.start(documents, database);
  }

  private void damage(String how) {
    String settings =
        switch (how) {
          case "another key" -> "REGEXP_REPLACE(settings, 'v1:[0-9a-f]{8}:', 'v1:00000000:')";
          case "broken base64" -> "REGEXP_REPLACE(settings, '(v1:[0-9a-f]{8}:)', '$1%%%')";
          default -> "'{\"secret_key\":'";
        };
    Databases.run(
        database,
        "UPDATE gatehouse_credentials SET settings = "
            + settings
            + " WHERE plugin = 'hmac-auth' AND consumer_id ="
            + " (SELECT id FROM gatehouse_consumers WHERE username = 'acme')",
        "UPDATE gatehouse_revision SET revision = revision + 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"another key", "broken base64", "broken json"})
  void consumerOfAnUnreadableSecret_isShownServedAndRepaired(String how) {
    damage(how);
    try (AdminServer server = server()) {
      assertEquals(200, server.get("/consumers/acme").status());
      Answer list = server.get("/consumers/acme/credentials");
      assertEquals(200, list.status(), list.text());
      assertEquals(2, list.body().path("total").asInt());
      Answer shown = server.get("/consumers/acme/credentials/sig");
      assertEquals(200, shown.status(), shown.text());
      assertTrue(shown.body().path("unreadable").asBoolean(), shown.text());
      assertFalse(shown.text().contains("v1:"), shown.text());
      assertFalse(server.get("/consumers/acme/credentials/main").body().has("unreadable"));
      assertTrue(server.opens("acme-key"), "its other Credential");

      Answer made =
          server.post(
              "/consumers/acme/credentials", "{\"name\":\"n\",\"plugins\":{\"key-auth\":{}}}");
      assertEquals(201, made.status(), made.text());
      assertTrue(server.opens(made.body().at("/generated/key").asText()));

      Answer patch = server.patch("/consumers/acme/credentials/sig", "{\"desc\":\"x\"}");
      assertEquals(400, patch.status());
      assertTrue(patch.error().contains("cannot be read"), patch.text());
      assertEquals(400, server.post("/consumers/acme/credentials/sig/rotate", "{}").status());
      String whole = HMAC.formatted("acme-id", SECRET);
      assertEquals(200, server.put("/consumers/acme/credentials/sig", whole).status());
      assertFalse(server.get("/consumers/acme/credentials/sig").body().has("unreadable"));
    }
  }

  /** The preload ended there, so that unknown keys reached the database for ever. */
  @ParameterizedTest
  @ValueSource(strings = {"another key", "broken base64", "broken json"})
  void preload_goesOnBehindAnUnreadableSecret(String how) {
    damage(how);
    try (AdminServer server = server()) {
      // What the tables hold now is not what is in memory.
      Databases.run(database, "DELETE FROM gatehouse_credentials WHERE plugin = 'key-auth'");
      assertTrue(server.opens("acme-key"), "it was preloaded");
      assertTrue(server.opens("bob-key"), "so was what comes behind it");
    }
  }

  @Test
  void unreadableSecret_isAFailureForItsCaller_andNotAnUnknownOne() {
    damage("another key");
    LookupKey place = LookupDigest.keyed(Secret.of(MASTER)).of("acme-id");
    LookupKey other = LookupDigest.keyed(Secret.of(MASTER)).of("nobody");
    try (ConsumerRepository node =
        Caching.track(
            JpaConsumerStores.on(database).masterKey(Secret.of(MASTER)).open(),
            new ChangeFeed.Tracking(
                100,
                Duration.ofMillis(100),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                ChangeFeed.Preloading.AUTO),
            new TestClock())) {
      assertThrows(StoreException.class, () -> node.credential("hmac-auth", place));
      assertNull(node.credential("hmac-auth", other));
      ConsumerRepository.Page page = node.readPage(Optional.empty(), 10);
      assertEquals(Set.of(new ChangeFeed.Place("hmac-auth", place)), page.unreadable());
    }
  }

  @Test
  void consumerWithUnreadablePlugins_isShownAndReplaced() {
    Databases.run(database, "UPDATE gatehouse_consumers SET plugins = '{' WHERE username = 'acme'");
    try (AdminServer server = server()) {
      Answer shown = server.get("/consumers/acme");
      assertEquals(200, shown.status(), shown.text());
      assertTrue(shown.body().path("unreadable").asBoolean(), shown.text());
      assertEquals(200, server.get("/consumers").status());
      assertEquals(503, server.order("apikey", "acme-key").statusCode());
      assertTrue(server.opens("bob-key"), "the control");
      assertEquals(400, server.patch("/consumers/acme", "{\"desc\":\"x\"}").status());
      assertEquals(200, server.put("/consumers/acme", "{\"username\":\"acme\"}").status());
      until(() -> server.opens("acme-key"));
    }
  }

  @Test
  void groupThatCannotBeRead_hidesNoOther_andIsReplaced() {
    String group = "{\"plugins\":{\"limit-count\":{\"count\":5,\"time_window\":60}}}";
    try (AdminServer server = server()) {
      assertEquals(201, server.put("/consumer_groups/broken", group).status());
      assertEquals(201, server.put("/consumer_groups/whole", group).status());
    }
    Databases.run(
        database, "UPDATE gatehouse_consumer_groups SET plugins = '{' WHERE group_id = 'broken'");
    try (AdminServer server = server()) {
      Answer all = server.get("/consumer_groups");
      assertEquals(200, all.status(), all.text());
      assertTrue(all.text().contains("/consumer_groups/whole"), all.text());
      assertTrue(server.opens("bob-key"));
      assertEquals(200, server.put("/consumer_groups/broken", group).status());
      assertEquals(200, server.get("/consumer_groups/broken").status());
    }
  }

  @Test
  void rewrap_skipsBrokenBase64_andReportsIt() {
    damage("broken base64");
    try (AdminServer server =
        AdminServer.start(
            documents,
            database,
            Map.of(
                "gatehouse.master-key",
                "the new master key of 32 bytes or more",
                "gatehouse.master-key.previous",
                MASTER))) {
      Answer done = server.post("/rewrap", "");
      assertEquals(200, done.status(), done.text());
      assertEquals(1, done.body().path("unreadable").asInt(), done.text());
      assertEquals(1, done.body().path("rewrapped").asInt(), done.text());
    }
  }

  private static void until(BooleanSupplier done) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!done.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not within 10 s");
      LockSupport.parkNanos(5_000_000);
    }
  }
}
