package dev.gatehouse.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.internal.runtime.ProbeServlet;
import dev.gatehouse.internal.runtime.TestApplications;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter on a real Tomcat: what clients receive and what the application sees. */
class ConsumerFilterTest {
  private static TomcatServer server;

  @BeforeAll
  static void start(@TempDir Path documents) {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(r -> r.uri("/orders/*").plugin("key-auth", "{}"))
            .route(r -> r.uri("/hidden/*").plugin("key-auth", "{\"hide_credentials\": true}"))
            .route(
                r ->
                    r.uri("/guests/*")
                        .plugin(
                            "key-auth",
                            "{\"anonymous_consumer\": \"guest\", \"hide_credentials\": true}"))
            .consumer(
                "acme",
                c ->
                    c.label("roles", "admin,clerk")
                        .label("custom_id", "A-1")
                        .credential("primary", "key-auth", "{\"key\": \"acme-key\"}"))
            .consumer(
                "globex", c -> c.credential("only", "key-auth", "{\"key\": \"schl\u00fcssel\"}"))
            .consumer("guest", c -> c.label("custom_id", "G-1"))
            .build();
    server = TestApplications.probe(documents, filter);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void withoutKey_namesWhatIsMissing() {
    HttpResponse<String> answer = server.get("/orders/1");
    assertRefused(401, answer);
    assertEquals("{\"message\":\"Missing API key in request\"}\n", answer.body());
    assertHeader("application/json", answer, "Content-Type");
    assertHeader("no-store", answer, "Cache-Control");
    assertHeader("apikey realm=\"key\"", answer, "WWW-Authenticate");
  }

  @Test
  void withWrongKey_revealsNothing() {
    HttpResponse<String> answer = server.get("/orders/1", "apikey", "acme-kez");
    assertRefused(401, answer);
    assertEquals("{\"message\":\"Invalid API key in request\"}\n", answer.body());
  }

  @Test
  void withKey_runsTheServletAsTheConsumer() {
    String seen = admitted(server.get("/orders/1", "apikey", "acme-key"));
    assertLines(
        seen,
        "consumer: acme",
        "credential: primary",
        "principal: Consumer(acme)",
        "user: acme",
        "auth: key-auth",
        "admin: true",
        "get x-consumer-username: acme [acme]",
        "get X-Credential-Identifier: primary [primary]",
        "get X-CONSUMER-CUSTOM-ID: A-1 [A-1]",
        "header x-consumer-username: [acme]",
        "header apikey: [acme-key]");
  }

  @Test
  void withKeyInTheQuery_runsTheServlet() {
    String seen = admitted(server.get("/orders/1?a=1&apikey=acme-key"));
    assertLines(seen, "consumer: acme", "query: a=1&apikey=acme-key", "param apikey: acme-key");
  }

  @Test
  void withNonAsciiKey_isReadAsUtf8() {
    String seen = admitted(server.get("/orders/1?apikey=schl%C3%BCssel"));
    assertLines(seen, "consumer: globex", "admin: false", "get X-CONSUMER-CUSTOM-ID: null []");
    String raw = server.rawGet("/orders/1", "apikey: schl\u00c3\u00bcssel\r\n");
    assertTrue(raw.contains("consumer: globex"), raw);
  }

  @Test
  void clientsIdentityHeaders_areNeverSeen() {
    String[] spoofed = {
      "X-Consumer-Username",
      "root",
      "x-credential-identifier",
      "root",
      "X-CONSUMER-CUSTOM-ID",
      "root"
    };
    String open = admitted(server.get("/public", spoofed));
    assertFalse(open.contains("root"), open);
    assertFalse(open.contains("header x-c"), open);
    assertRefused(401, server.get("/orders/1", spoofed));
    String known = admitted(server.get("/orders/1?apikey=acme-key", spoofed));
    assertFalse(known.contains("root"), known);
    assertLines(
        known,
        "get x-consumer-username: acme [acme]",
        "header names: [x-consumer-custom-id, x-consumer-username, x-credential-identifier]");
  }

  @Test
  void clientsIdentityHeadersAsTrailers_areNeverSeen() {
    String answer =
        server.raw(
            "POST /orders/1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "apikey: acme-key\r\nread-body: yes\r\nTransfer-Encoding: chunked\r\n"
                + "Trailer: X-Consumer-Username, X-Other\r\n\r\n"
                + "2\r\nhi\r\n0\r\nX-Consumer-Username: root\r\nX-Other: seen\r\n\r\n");
    assertTrue(answer.contains(ProbeServlet.MARKER), answer);
    assertTrue(answer.contains("seen"), "positive control: the server does show trailers");
    assertFalse(answer.contains("root"), answer);
  }

  @Test
  void hiddenCredentials_areRemovedEverywhere() {
    String seen =
        admitted(
            server.send(
                HttpRequest.newBuilder()
                    .POST(HttpRequest.BodyPublishers.ofString("apikey=form&b=2")),
                "/hidden/1?a=%20&apikey=acme-key&%61pikey=other",
                "APIkey",
                "acme-key",
                "Content-Type",
                "application/x-www-form-urlencoded"));
    assertFalse(seen.contains("acme-key"), seen);
    assertFalse(seen.contains("other"), seen);
    assertLines(
        seen,
        "consumer: acme",
        "query: a=%20",
        "get apikey: null []",
        "apikey param: form",
        "param names: [a, apikey, b]");
    String query = admitted(server.get("/hidden/1?apikey=acme-key"));
    assertFalse(query.contains("acme-key"), query);
    assertLines(query, "query: null", "apikey param: null", "param names: []");
  }

  @Test
  void anonymous_isTheNamedConsumerAndHasNoCustomId() {
    String seen = admitted(server.get("/guests"));
    assertLines(
        seen,
        "consumer: guest",
        "credential: -",
        "get x-consumer-username: guest [guest]",
        "get X-Credential-Identifier: null []",
        "get X-CONSUMER-CUSTOM-ID: null []");
    assertRefused(401, server.get("/guests", "apikey", "wrong"));
    assertLines(admitted(server.get("/guests", "apikey", "acme-key")), "consumer: acme");
  }

  @Test
  void afterAKnownCaller_theSameConnectionIsAnonymousAgain() {
    String both =
        server.raw(
            "GET /orders/1 HTTP/1.1\r\nHost: localhost\r\napikey: acme-key\r\n\r\n"
                + "GET /public HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertTrue(both.contains("consumer: acme"), both);
    assertTrue(both.contains("consumer: -"), both);
    assertTrue(both.contains("principal: null"), both);
  }

  @Test
  void problemDocument_isWrittenForClientsThatNameIt() {
    HttpResponse<String> problem =
        server.get("/orders/1", "Accept", "text/html, application/problem+json;q=0.5");
    assertRefused(401, problem);
    assertHeader("application/problem+json", problem, "Content-Type");
    assertEquals(
        "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
            + "\"detail\":\"Missing API key in request\"}\n",
        problem.body());
    for (String accept : List.of("*/*", "application/*", "application/problem+json;q=0.0")) {
      assertHeader("application/json", server.get("/orders/1", "Accept", accept), "Content-Type");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/orders/../orders/1",
        "/public/../orders/1",
        "/public/..;/orders/1",
        "/orders;a=1/1",
        "//orders/1",
        "/./orders/1",
        "/orders/%2e%2e/orders/1",
        "/%6frders//1",
        "/orders%2f1",
        "/orders%5c1",
        "/orders%252f1",
        "/orders/%00",
        "/orders/%",
        "/orders/1%0a",
        "/orders/1;jsessionid=1"
      })
  void ambiguousTargets_neverRunTheServletEvenWithAKey(String target) {
    String answer = server.rawGet(target, "apikey: acme-key\r\n");
    assertFalse(answer.contains(ProbeServlet.MARKER), answer);
    assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/orders", "/orders/", "/orders/1", "/%6frders/1", "/orders/a.b%20c"})
  void clearTargets_needAKeyAndRunWithOne(String target) {
    String without = server.rawGet(target, "");
    assertFalse(without.contains(ProbeServlet.MARKER), without);
    assertTrue(without.startsWith("HTTP/1.1 401"), without);
    assertTrue(server.rawGet(target, "apikey: acme-key\r\n").contains(ProbeServlet.MARKER));
  }

  private static void assertRefused(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode());
    assertFalse(answer.body().contains(ProbeServlet.MARKER), answer.body());
  }

  private static String admitted(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains(ProbeServlet.MARKER), answer.body());
    return answer.body();
  }

  private static void assertHeader(String value, HttpResponse<String> answer, String name) {
    String found = answer.headers().firstValue(name).orElse("-");
    assertTrue(found.startsWith(value), name + ": " + found);
  }

  private static void assertLines(String seen, String... lines) {
    List<String> all = seen.lines().toList();
    for (String line : lines) {
      assertTrue(all.contains(line), () -> "no line '" + line + "' in\n" + seen);
    }
  }
}
