package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.FilterBuilder;
import dev.gatehouse.servlet.GatehouseInitializer;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.store.Stores;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests which plugin applies among application, Route, group and Consumer, and which of them share
 * a counter.
 */
class PluginPrecedenceTest {
  @TempDir private Path documents = Path.of("");

  private static String limit(int count) {
    return "{\"count\":" + count + ",\"time_window\":60}";
  }

  private static ConsumerFilter filter(UnaryOperator<FilterBuilder> more) {
    return more.apply(
            ConsumerFilter.builder()
                .route(r -> r.uri("/a").plugin("key-auth", "{}"))
                .route(r -> r.uri("/b").plugin("key-auth", "{}").plugin("limit-count", limit(20)))
                .consumer("alone", c -> c.credential("k", "key-auth", key("alone")))
                .consumer("member", c -> c.group("plan").credential("k", "key-auth", key("member")))
                .consumer("other", c -> c.group("plan").credential("k", "key-auth", key("other")))
                .consumer(
                    "own",
                    c ->
                        c.group("plan")
                            .plugin("limit-count", limit(40))
                            .credential("k", "key-auth", key("own")))
                .groupPlugin("plan", "limit-count", limit(30)))
        .build();
  }

  private static String key(String key) {
    return "{\"key\":\"" + key + "\"}";
  }

  @Test
  void higherLayer_replacesTheLowerOnesPlugin() {
    try (TomcatServer server =
        TestApplications.probe(documents, filter(b -> b.plugin("limit-count", limit(10))))) {
      assertEquals("10", limitOf(server, "/a", "alone"), "the application's");
      assertEquals("20", limitOf(server, "/b", "alone"), "the Route's");
      assertEquals("30", limitOf(server, "/a", "member"), "the group's");
      assertEquals("30", limitOf(server, "/b", "member"), "the group's over the Route's");
      assertEquals("40", limitOf(server, "/b", "own"), "its own");
    }
  }

  @Test
  void counters_belongToTheLayer() {
    try (TomcatServer server =
        TestApplications.probe(documents, filter(b -> b.plugin("limit-count", limit(10))))) {
      assertEquals("29", left(server, "/a", "member"));
      assertEquals("28", left(server, "/b", "member"), "over all Routes");
      assertEquals("27", left(server, "/a", "other"), "all members of one address");
      assertEquals("39", left(server, "/a", "own"));
      assertEquals("9", left(server, "/a", "alone"));
      assertEquals("19", left(server, "/b", "alone"));
    }
  }

  @Test
  void service_authenticatesRoutesWithoutAuthenticator() {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .plugin("key-auth", "{}")
            .route(r -> r.uri("/a"))
            .route(r -> r.uri("/b").plugin("key-auth", "{\"header\":\"X-Other\"}"))
            .consumer("acme", c -> c.credential("k", "key-auth", key("right")))
            .build();
    try (TomcatServer server = TestApplications.probe(documents, filter)) {
      assertFalse(server.get("/a").body().contains(ProbeServlet.MARKER));
      assertEquals(401, server.get("/a").statusCode());
      assertTrue(server.get("/a", "apikey", "right").body().contains("consumer: acme"));
      assertFalse(server.get("/b", "apikey", "right").body().contains(ProbeServlet.MARKER));
      assertTrue(server.get("/b", "X-Other", "right").body().contains("consumer: acme"));
    }
  }

  /**
   * The reference answers a bare 503; it must not be let through with the Route's plugins alone.
   */
  @Test
  void missingGroup_isA503() {
    ConsumerRepository store = Stores.memory();
    store.putAll(
        List.of(
            new ConsumerEntry(
                Consumer.named("acme").group("gone").build(),
                List.of(
                    new CredentialEntry(
                        Credential.of("k", "key-auth").build(),
                        LookupDigest.plain().of("right"),
                        PluginSettings.EMPTY)))));
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .store(store)
            .route(r -> r.uri("/a").plugin("key-auth", "{}"))
            .groupPlugin("there", "limit-count", limit(1))
            .build();
    try (TomcatServer server = TestApplications.probe(documents, filter)) {
      HttpResponse<String> refused = server.get("/a", "apikey", "right");
      assertEquals(503, refused.statusCode());
      assertEquals("", refused.body());
      store.put(Consumer.named("acme").group("there").build());
      assertTrue(server.get("/a", "apikey", "right").body().contains("consumer: acme"));
      assertEquals(429, server.get("/a", "apikey", "right").statusCode());
    }
  }

  @Test
  void twoFilters_countAGroupOnce() {
    ConsumerFilter first = filter(b -> b);
    ConsumerFilter second =
        ConsumerFilter.builder()
            .route(r -> r.uri("/a").plugin("limit-count", limit(5)))
            .groupPlugin("plan", "limit-count", limit(30))
            .build();
    try (TomcatServer server = TestApplications.probe(documents, first, second)) {
      assertEquals("29", left(server, "/a", "member"));
      assertEquals("28", left(server, "/a", "member"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "consumer_groups: [{ plugins: {} }]|consumer_groups[0].id: is required",
        "consumer_groups: [{ id: a }]|consumer_groups[0].plugins: is required",
        "consumer_groups: [{ id: a b, plugins: {} }]|consumer_groups[0].id: must match",
        "consumer_groups: [{ id: a, plugins: {}, x: 1 }]|consumer_groups[0].x: is not known",
        "consumer_groups: [{ id: a, plugins: {} }, { id: a, plugins: {} }]|consumer_groups[1].id: \"a\" is",
        "consumer_groups: [{ id: a, plugins: { key-auth: {} } }]|plugins.key-auth: is a credential plugin",
        "consumer_groups: [{ id: a, plugins: { limit-failed-auth: {} } }]|is allowed on Routes only",
        "consumers: [{ username: a, group_id: b }]|consumers[a].group_id: names a group that is not",
        "plugins: { kye-auth: {} }|plugins.kye-auth: is not a known plugin",
        "plugins: { limit-count: { count: 0, time_window: 1 } }|plugins.limit-count.count: must be",
      })
  void mistakes_areNamed(String yaml, String problem) throws Exception {
    java.nio.file.Files.createDirectories(documents.resolve("WEB-INF"));
    java.nio.file.Files.writeString(documents.resolve("WEB-INF/gatehouse.yaml"), yaml);
    StringBuilder messages = new StringBuilder();
    java.util.logging.Handler log =
        new java.util.logging.Handler() {
          @Override
          public void publish(java.util.logging.LogRecord line) {
            messages.append(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    java.util.logging.Logger logger = java.util.logging.Logger.getLogger("dev.gatehouse.config");
    logger.addHandler(log);
    try {
      assertThrows(
          IllegalStateException.class,
          () ->
              TomcatServer.start(
                  "",
                  documents,
                  context ->
                      context.addServletContainerInitializer(
                          new GatehouseInitializer(), java.util.Set.of())));
    } finally {
      logger.removeHandler(log);
    }
    assertTrue(messages.toString().contains(problem), messages.toString());
    assertThrows(ConfigException.class, () -> Consumer.named("a").group("a b").build());
  }

  private static String limitOf(TomcatServer server, String path, String key) {
    return server.get(path, "apikey", key).headers().firstValue("X-RateLimit-Limit").orElse("-");
  }

  private static String left(TomcatServer server, String path, String key) {
    return server
        .get(path, "apikey", key)
        .headers()
        .firstValue("X-RateLimit-Remaining")
        .orElse("-");
  }
}
