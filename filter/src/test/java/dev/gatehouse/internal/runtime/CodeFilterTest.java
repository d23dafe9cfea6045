package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.Secret;
import dev.gatehouse.admin.AdminServlet;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.FilterBuilder;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.event.GateListener;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.store.Stores;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a filter that is made in code can do, on an embedded Tomcat. */
class CodeFilterTest {
  private static final String ADMIN = "admin-key-of-the-test";
  private static final String LIMITED =
      "{\"count\": 2, \"time_window\": 600, \"key\": \"consumer_name\"}";

  @TempDir Path files;

  private static FilterBuilder limited() {
    return ConsumerFilter.builder()
        .route(r -> r.uri("/orders/*").plugin("key-auth", "{}").plugin("limit-count", LIMITED))
        .consumer("acme", c -> c.credential("main", "key-auth", "{\"key\": \"acme-key\"}"));
  }

  private TomcatServer serve(Filter filter) {
    return TomcatServer.start(
        "",
        files,
        context -> {
          TestApplications.filter(context, "gate", filter, "/*");
          TestApplications.servlet(context, new ProbeServlet(), "/*");
          TestApplications.servlet(context, new AdminServlet(), "/admin/*");
        });
  }

  /** Every limit began at zero when the filter was built again. */
  @Test
  void counters_outliveTheFilter() {
    RateLimiter counters = Stores.localLimits(100);
    for (int status : new int[] {200, 200, 429}) {
      try (TomcatServer server = serve(limited().counters(counters).build())) {
        assertAnswer(status, server.get("/orders", "apikey", "acme-key"));
      }
    }
    try (TomcatServer server = serve(limited().build())) {
      assertAnswer(200, server.get("/orders", "apikey", "acme-key"));
    }
  }

  @Test
  void maxKeys_boundTheCounters() {
    ConfigException e = assertThrows(ConfigException.class, () -> limited().maxKeys(0).build());
    assertEquals(List.of("maxKeys: must be at least 1, was 0"), problems(e));
    try (TomcatServer server = serve(limited().maxKeys(1).build())) {
      assertAnswer(200, server.get("/orders", "apikey", "acme-key"));
    }
  }

  @Test
  void credentialsOfARepository_areFoundByTheirLookupKeys() {
    Secret masterKey = Secret.of("a master key of the test: 32 bytes");
    ConsumerRepository repository = Stores.memory();
    repository.put(Consumer.named("acme").build());
    repository.put("acme", entry("plain", Stores.lookupKey("plain-key")));
    repository.put("acme", entry("keyed", Stores.lookupKey("keyed-key", masterKey)));
    FilterBuilder plain =
        ConsumerFilter.builder().route(r -> r.uri("/*").plugin("key-auth", "{}")).store(repository);
    try (TomcatServer server = serve(plain.build())) {
      assertAnswer(200, server.get("/orders", "apikey", "plain-key"));
      assertAnswer(401, server.get("/orders", "apikey", "keyed-key"));
    }
    FilterBuilder keyed =
        ConsumerFilter.builder()
            .route(r -> r.uri("/*").plugin("key-auth", "{}"))
            .store(repository)
            .masterKey(masterKey);
    try (TomcatServer server = serve(keyed.build())) {
      assertAnswer(200, server.get("/orders", "apikey", "keyed-key"));
      assertAnswer(401, server.get("/orders", "apikey", "plain-key"));
    }
  }

  private static CredentialEntry entry(String id, LookupKey lookup) {
    return new CredentialEntry(Credential.of(id, "key-auth").build(), lookup, PluginSettings.EMPTY);
  }

  @Test
  void adminApi_changesTheStoreOfTheFilter() {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(r -> r.uri("/orders/*").plugin("key-auth", "{}"))
            .store(Stores.memory())
            .adminKey("ops", sha256(ADMIN))
            .build();
    try (TomcatServer server = serve(filter)) {
      assertEquals(401, server.get("/admin/consumers").statusCode());
      HttpResponse<String> listed = server.get("/admin/consumers", "X-API-KEY", ADMIN);
      assertEquals(200, listed.statusCode(), listed.body());
      assertFalse(listed.body().contains("acme"), listed.body());
    }
    try (TomcatServer server = serve(limited().build())) {
      assertEquals(503, server.get("/admin/consumers", "X-API-KEY", ADMIN).statusCode());
    }
  }

  @Test
  void listeners_receiveEachEvent() {
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    ConsumerFilter filter =
        limited()
            .listener(new Ear(heard, "one"))
            .listener(new Ear(heard, "other"))
            .installedListeners(CodeFilterTest.class.getClassLoader())
            .build();
    try (TomcatServer server = serve(filter)) {
      assertAnswer(200, server.get("/orders", "apikey", "acme-key"));
    }
    assertEquals(List.of("one /orders/*", "other /orders/*"), List.copyOf(heard));
  }

  private record Ear(Queue<String> heard, String name) implements GateListener {
    @Override
    public void admitted(
        String route, @Nullable Consumer consumer, @Nullable Credential credential) {
      heard.add(name + " " + route);
    }
  }

  @Test
  void configuration_ofAFileAndOfTheClassPath_isAccepted() throws IOException {
    Path file =
        Files.writeString(
            files.resolve("code.yaml"),
            """
            routes: [{ uris: ["/orders/*"], plugins: { key-auth: {} } }]
            consumers:
              - username: acme
                credentials: [{ name: main, plugins: { key-auth: { key: acme-key } } }]
            """);
    for (String place : List.of("file://" + file, "classpath:code-filter.yaml")) {
      ConsumerFilter filter =
          ConsumerFilter.builder()
              .configuration(place)
              .route(r -> r.uri("/stock/*").plugin("key-auth", "{}"))
              .build();
      try (TomcatServer server = serve(filter)) {
        for (String path : List.of("/orders", "/stock")) {
          assertAnswer(401, server.get(path));
          assertAnswer(200, server.get(path, "apikey", "acme-key"));
        }
      }
    }
  }

  @Test
  void wrongConfiguration_isReported() throws IOException {
    Path file = Files.writeString(files.resolve("bad.yaml"), "routes: []\nroute: []\n");
    assertEquals(
        List.of("configuration: must be classpath:name or file:///absolute/path"),
        mistakes(b -> b.configuration("code.yaml")));
    assertEquals(
        List.of("classpath:none.yaml: is not there"),
        mistakes(b -> b.configuration("classpath:none.yaml")));
    assertTrue(
        mistakes(b -> b.configuration("file://" + file)).get(0).startsWith("route: is not known"));
  }

  private static List<String> mistakes(UnaryOperator<FilterBuilder> configured) {
    FilterBuilder builder = configured.apply(limited());
    return problems(assertThrows(ConfigException.class, builder::build));
  }

  private static List<String> problems(ConfigException e) {
    return e.problems().stream().map(ConfigProblem::toString).toList();
  }

  private static void assertAnswer(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(status == 200, answer.body().contains(ProbeServlet.MARKER), answer.body());
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
