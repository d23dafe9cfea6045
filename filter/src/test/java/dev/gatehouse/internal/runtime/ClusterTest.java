package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.RedisServers;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.GatehouseInitializer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.embedded.RedisServer;

/** Two real servers with one limit, configured as an application configures it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterTest {
  private static final String FILE =
      """
      routes:
        - uris: ["/orders/*"]
          plugins: { key-auth: {} }
      consumers:
        - username: acme
          plugins: { limit-count: { count: 3, time_window: 600, policy: cluster } }
          credentials: [{ name: main, plugins: { key-auth: { key: acme-key } } }]
        - username: globex
          credentials: [{ name: main, plugins: { key-auth: { key: globex-key } } }]
      """;

  @TempDir Path documents;
  private final RecordedLog log = new RecordedLog();
  private final Map<String, String> settings = new LinkedHashMap<>();

  @BeforeEach
  void listen() {
    Logger.getLogger("dev.gatehouse.config").addHandler(log);
  }

  @AfterEach
  void silence() {
    Logger.getLogger("dev.gatehouse.config").removeHandler(log);
  }

  @Test
  void consumersLimit_holdsOverTwoServers() throws Exception {
    int port = RedisServers.freePort();
    RedisServer redis = RedisServers.start(port);
    settings.put("gatehouse.limits.backend", "redis");
    settings.put("gatehouse.limits.redis.uri", "redis://127.0.0.1:" + port);
    settings.put("gatehouse.limits.timeout", "5000");
    try (TomcatServer one = start();
        TomcatServer other = start()) {
      assertRuns(one.get("/orders/1", "apikey", "acme-key"));
      assertRuns(other.get("/orders/1", "apikey", "acme-key"));
      HttpResponse<String> third = other.get("/orders/1", "apikey", "acme-key");
      assertRuns(third);
      assertEquals("0", third.headers().firstValue("X-RateLimit-Remaining").orElse("-"));
      assertRefused(429, one.get("/orders/1", "apikey", "acme-key"));
      assertRefused(429, other.get("/orders/1", "apikey", "acme-key"));
      assertRuns(one.get("/orders/1", "apikey", "globex-key"));
    } finally {
      redis.stop();
    }
  }

  /** Two applications at one context path shared their counters without a word. */
  @Test
  void applicationsAtOnePath_areWarnedOf() throws Exception {
    int port = RedisServers.freePort();
    RedisServer redis = RedisServers.start(port);
    Logger.getLogger("dev.gatehouse.limits").addHandler(log);
    settings.put("gatehouse.limits.backend", "redis");
    settings.put("gatehouse.limits.redis.uri", "redis://127.0.0.1:" + port);
    try (TomcatServer one = start()) {
      try (TomcatServer same = start()) {
        assertRuns(same.get("/orders/1", "apikey", "globex-key"));
      }
      assertFalse(log.text().contains("gatehouse.limits.namespace"), log.text());
      try (TomcatServer other = start(FILE.replace("/orders/*", "/stock/*"))) {
        log.await("gatehouse.limits.namespace");
        assertRefused(401, other.get("/stock/1"));
      }
      assertRuns(one.get("/orders/1", "apikey", "globex-key"));
    } finally {
      Logger.getLogger("dev.gatehouse.limits").removeHandler(log);
      redis.stop();
    }
  }

  @Test
  void namespaces_countApart() throws Exception {
    int port = RedisServers.freePort();
    RedisServer redis = RedisServers.start(port);
    settings.put("gatehouse.limits.backend", "redis");
    settings.put("gatehouse.limits.redis.uri", "redis://127.0.0.1:" + port);
    settings.put("gatehouse.limits.timeout", "5000");
    settings.put("gatehouse.limits.namespace", "one");
    try (TomcatServer one = start()) {
      settings.put("gatehouse.limits.namespace", "other");
      try (TomcatServer other = start()) {
        for (int i = 0; i < 3; i++) {
          assertRuns(one.get("/orders/1", "apikey", "acme-key"));
        }
        assertRefused(429, one.get("/orders/1", "apikey", "acme-key"));
        assertRuns(other.get("/orders/1", "apikey", "acme-key"));
      }
    } finally {
      redis.stop();
    }
  }

  /** A request that cannot be counted is refused; other requests are not affected. */
  @Test
  void redis_thatIsDownAtTheStart_refusesWhatIsLimited_andIsFoundLater() throws Exception {
    int port = RedisServers.freePort();
    settings.put("gatehouse.limits.backend", "redis");
    settings.put("gatehouse.limits.redis.uri", "redis://127.0.0.1:" + port);
    settings.put("gatehouse.limits.timeout", "2000");
    try (TomcatServer server = start()) {
      assertRefused(500, server.get("/orders/1", "apikey", "acme-key"));
      assertRuns(server.get("/orders/1", "apikey", "globex-key"));
      assertRefused(401, server.get("/orders/1", "apikey", "wrong"));
      RedisServer redis = RedisServers.start(port);
      try {
        awaitRun(server);
      } finally {
        redis.stop();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "backend|redis|gatehouse.limits.redis.uri: is required, as in redis://localhost:6379",
        "backend|rediss|context-param: gatehouse.limits.backend: must be one of none, redis,"
            + " hazelcast, was \"rediss\"",
        "backend|hazelcast|gatehouse.limits.hazelcast.instance: must be the JNDI name of a Hazelcast"
            + " instance; nothing usable is bound to payara/Hazelcast",
        "timeout|0|context-param: gatehouse.limits.timeout: must be a whole number from 1 to 60000,"
            + " was \"0\"",
        "namespace|' '|context-param: gatehouse.limits.namespace: must not be empty",
      })
  void wrongSettings_areReported(String name, String value, String mistake) {
    settings.put("gatehouse.limits." + name, value);
    refused(mistake);
  }

  @Test
  void wrongUri_isReportedWithoutItsPassword() {
    settings.put("gatehouse.limits.backend", "redis");
    settings.put("gatehouse.limits.redis.uri", "http://user:s3cr3t@127.0.0.1");
    refused("gatehouse.limits.redis.uri: must be a redis, rediss or redis-sentinel URI");
    assertFalse(log.text().contains("s3cr3t"), log::text);
  }

  @Test
  void hazelcastInstance_ofAnotherScheme_isNotLookedUp() {
    settings.put("gatehouse.limits.backend", "hazelcast");
    settings.put("gatehouse.limits.hazelcast.instance", "ldap://127.0.0.1/x");
    refused("gatehouse.limits.hazelcast.instance: must be a name of this server, was ldap:");
  }

  private void refused(String mistake) {
    assertThrows(IllegalStateException.class, this::start);
    assertTrue(log.text().contains(mistake), log::text);
  }

  private static void awaitRun(TomcatServer server) {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    HttpResponse<String> answer = server.get("/orders/1", "apikey", "acme-key");
    while (answer.statusCode() == 500) {
      assertTrue(System.nanoTime() < end, "not found within 5 s");
      answer = server.get("/orders/1", "apikey", "acme-key");
    }
    assertRuns(answer);
  }

  private TomcatServer start() throws IOException {
    return start(FILE);
  }

  private TomcatServer start(String file) throws IOException {
    Path directory = Files.createDirectories(documents.resolve("WEB-INF"));
    Files.writeString(directory.resolve("gatehouse.yaml"), file);
    return TomcatServer.start(
        "",
        documents,
        context -> {
          settings.forEach(context::addParameter);
          context.addServletContainerInitializer(new GatehouseInitializer(), Set.of());
          TestApplications.servlet(context, new ProbeServlet(), "/*");
        });
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
