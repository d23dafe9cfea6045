package dev.gatehouse.internal.jpa;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gatehouse.admin.AdminServlet;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.GatehouseInitializer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** A node with the Admin API at /admin and a protected servlet at /orders, as applications have. */
public final class AdminServer implements AutoCloseable {
  public static final String ADMIN = "the-key-of-an-admin-1234";
  public static final String VIEWER = "the-key-of-a-viewer-1234";
  static final String MARK = "the protected body";

  private static final String NAME = "java:app/jdbc/admin";
  private static final String FILE =
      """
      routes:
        - uris: ["/orders/*"]
          plugins: { multi-auth: { auth_plugins: [ { key-auth: {} }, { basic-auth: {} } ] } }
      consumer_groups:
        - id: gold
          plugins: { limit-count: { count: 100, time_window: 60 } }
      consumers:
        - username: fixed
          labels: { tier: gold }
          credentials: [{ name: main, plugins: { key-auth: { key: fixed-key } } }]
      """;

  private final TomcatServer server;

  private AdminServer(TomcatServer server) {
    this.server = server;
  }

  /** Starts a node on a database. */
  static AdminServer start(Path documents, DataSource database) {
    return start(documents, database, Map.of());
  }

  public static AdminServer start(Path documents, DataSource database, Map<String, String> more) {
    return start(documents, database, more, true);
  }

  /** Returns the same, with or without keys. */
  static AdminServer start(
      Path documents, DataSource database, Map<String, String> more, boolean keys) {
    TestJndi.bind(Map.of(NAME, database));
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("gatehouse.store", "jpa");
    settings.put("gatehouse.data-source", NAME);
    settings.put("gatehouse.transactions", "resource-local");
    settings.put("gatehouse.master-key", "a master key of at least 32 bytes");
    settings.put("gatehouse.store.poll-interval", "100");
    settings.put("gatehouse.store.last-used-interval", "1");
    if (keys) {
      settings.put(
          "gatehouse.admin-keys",
          "ops:admin:sha256:%s, help:viewer:sha256:%s".formatted(sha256(ADMIN), sha256(VIEWER)));
    }
    settings.putAll(more);
    if (settings.get("gatehouse.store").equals("memory")) {
      settings.remove("gatehouse.data-source");
      settings.remove("gatehouse.transactions");
    }
    try {
      Path web = Files.createDirectories(documents.resolve("WEB-INF"));
      Files.writeString(web.resolve("gatehouse.yaml"), FILE);
      return new AdminServer(TomcatServer.start("", documents, context -> fill(context, settings)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void fill(Context context, Map<String, String> settings) {
    settings.forEach(context::addParameter);
    context.addServletContainerInitializer(new GatehouseInitializer(), Set.of());
    Tomcat.addServlet(context, "admin", new AdminServlet());
    context.addServletMappingDecoded("/admin/*", "admin");
    Tomcat.addServlet(context, "orders", new Orders());
    context.addServletMappingDecoded("/orders/*", "orders");
  }

  private static String sha256(String key) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An answer: its status, its tree, and all its text. */
  public record Answer(int status, JsonNode body, HttpResponse<String> whole) {
    public String error() {
      return body.path("error_msg").asText(body.path("message").asText());
    }

    String etag() {
      return whole.headers().firstValue("ETag").orElse("");
    }

    public String text() {
      return whole.body();
    }
  }

  public Answer get(String path) {
    return send("GET", path, "");
  }

  public Answer put(String path, String body, String... headers) {
    return send("PUT", path, body, headers);
  }

  public Answer post(String path, String body) {
    return send("POST", path, body);
  }

  Answer patch(String path, String body, String... headers) {
    return send("PATCH", path, body, headers);
  }

  Answer delete(String path, String... headers) {
    return send("DELETE", path, "", headers);
  }

  /** As an admin, with JSON. */
  Answer send(String method, String path, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("X-API-KEY", ADMIN));
    if (!body.isEmpty()) {
      all.addAll(List.of("Content-Type", "application/json"));
    }
    return raw(method, path, body.getBytes(StandardCharsets.UTF_8), all.toArray(new String[0]));
  }

  public Answer raw(String method, String path, byte[] body, String... headers) {
    HttpRequest.BodyPublisher sent =
        body.length == 0
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(body);
    HttpResponse<String> answer =
        server.send(HttpRequest.newBuilder().method(method, sent), "/admin" + path, headers);
    return new Answer(answer.statusCode(), tree(answer.body()), answer);
  }

  private static JsonNode tree(String text) {
    try {
      return new JsonMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }

  int port() {
    return server.port();
  }

  /** Returns whether a key opens the protected servlet. */
  public boolean opens(String key) {
    return server.get("/orders/1", "apikey", key).body().equals(MARK);
  }

  HttpResponse<String> order(String... headers) {
    return server.get("/orders/1", headers);
  }

  @Override
  public void close() {
    server.close();
    TestJndi.unbind();
  }

  private static final class Orders extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().write(MARK);
    }
  }
}
