package dev.gatehouse.internal.jpa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Consumer;
import dev.gatehouse.Secret;
import dev.gatehouse.admin.AdminServlet;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ConsumerRepository;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A filter that is made in code over a database, with the Admin API, on an embedded Tomcat. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BuilderStoreTest {
  private static final String ADMIN = "admin-key-of-the-test";
  private static final Secret MASTER = Secret.of("a master key of at least 32 bytes");
  private static final ChangeFeed.Tracking WATCHING =
      new ChangeFeed.Tracking(
          1_000,
          Duration.ofMillis(100),
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          ChangeFeed.Preloading.AUTO);

  @TempDir Path documents;
  private final JdbcDataSource database = Databases.h2();

  @Test
  void filter_followsWhatTheAdminApiAndAnotherNodeChange() throws Exception {
    try (TomcatServer server = TomcatServer.start("", documents, this::fill);
        ConsumerRepository other = JpaConsumerStores.on(database).masterKey(MASTER).open()) {
      assertEquals(401, server.get("/orders", "apikey", "acme-key").statusCode());
      put(server, "consumers/acme", "{\"username\": \"acme\"}");
      put(
          server,
          "consumers/acme/credentials/main",
          "{\"name\": \"main\", \"plugins\": {\"key-auth\": {\"key\": \"acme-key\"}}}");
      HttpResponse<String> served = server.get("/orders", "apikey", "acme-key");
      assertEquals("orders of acme", served.body());
      assertTrue(other.remove("acme"));
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (server.get("/orders", "apikey", "acme-key").statusCode() != 401) {
        assertTrue(System.nanoTime() < end, "the change was not seen");
      }
    }
    assertFalse(
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().startsWith("gatehouse-store")),
        "a thread was left behind");
  }

  @Test
  void repositoryOfADatabase_isTracked_andStaysOpen() throws Exception {
    try (ConsumerRepository repository = JpaConsumerStores.on(database).masterKey(MASTER).open()) {
      ConsumerFilter filter =
          ConsumerFilter.builder()
              .route(r -> r.uri("/orders/*").plugin("key-auth", "{}"))
              .masterKey(MASTER)
              .store(repository)
              .build();
      assertTrue(polls());
      filter.destroy();
      assertFalse(polls());
      assertTrue(repository.put(Consumer.named("acme").build()), "it is the caller's");
    }
  }

  private static boolean polls() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith("gatehouse-changes"));
  }

  private void fill(Context context) {
    FilterDef filter = new FilterDef();
    filter.setFilterName("gate");
    filter.setFilter(
        ConsumerFilter.builder()
            .route(r -> r.uri("/orders/*").plugin("key-auth", "{}"))
            .masterKey(MASTER)
            .store(JpaConsumerStores.on(database).masterKey(MASTER).open(), WATCHING)
            .adminKey("ops", sha256(ADMIN))
            .build());
    context.addFilterDef(filter);
    FilterMap mapping = new FilterMap();
    mapping.setFilterName("gate");
    mapping.addURLPattern("/*");
    context.addFilterMap(mapping);
    Tomcat.addServlet(context, "admin", new AdminServlet());
    context.addServletMappingDecoded("/admin/*", "admin");
    Tomcat.addServlet(context, "orders", new Orders());
    context.addServletMappingDecoded("/orders/*", "orders");
  }

  private static void put(TomcatServer server, String path, String body) {
    HttpResponse<String> answer =
        server.send(
            HttpRequest.newBuilder().PUT(HttpRequest.BodyPublishers.ofString(body)),
            "/admin/" + path,
            "X-API-KEY",
            ADMIN,
            "Content-Type",
            "application/json");
    assertEquals(201, answer.statusCode(), answer.body());
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Orders extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("orders of " + request.getUserPrincipal().getName());
    }
  }
}
