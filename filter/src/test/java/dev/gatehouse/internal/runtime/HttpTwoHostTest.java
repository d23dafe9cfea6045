package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.coyote.http2.Http2Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host is the same in HTTP/1.1 and in HTTP/2, which has an authority and no Host header. */
class HttpTwoHostTest {
  @TempDir private Path documents = Path.of("");

  @Test
  void ruleOnTheHost_refusesOverHttp2() throws Exception {
    try (TomcatServer server = serving("[[\"host\",\"==\",\"127.0.0.1\"]]");
        TomcatServer other = serving("[[\"host\",\"==\",\"example.com\"]]")) {
      assertRefused(server, HttpClient.Version.HTTP_1_1);
      assertRefused(server, HttpClient.Version.HTTP_2);
      assertTrue(get(other, HttpClient.Version.HTTP_2).body().contains(ProbeServlet.MARKER));
    }
  }

  @Test
  void ruleOnTheHeaderOfTheHost_refusesOverHttp2() throws Exception {
    try (TomcatServer server = serving("[[\"http_host\",\"~~\",\"^127[.]0[.]0[.]1:[0-9]+$\"]]")) {
      assertRefused(server, HttpClient.Version.HTTP_1_1);
      assertRefused(server, HttpClient.Version.HTTP_2);
    }
  }

  @Test
  void schemaThatRequiresAHost_holdsOverHttp2() throws Exception {
    try (TomcatServer server =
        TestApplications.probeOver(
            connector -> connector.addUpgradeProtocol(new Http2Protocol()),
            documents,
            ConsumerFilter.builder()
                .route(
                    r ->
                        r.uri("/a")
                            .plugin(
                                "request-validation",
                                "{\"header_schema\":{\"required\":[\"host\"]}}"))
                .build())) {
      assertTrue(get(server, HttpClient.Version.HTTP_2).body().contains(ProbeServlet.MARKER));
    }
  }

  @Test
  void signedHost_isAcceptedOverHttp2() throws Exception {
    try (TomcatServer server =
        TestApplications.probeOver(
            connector -> connector.addUpgradeProtocol(new Http2Protocol()),
            documents,
            ConsumerFilter.builder()
                .route(
                    r ->
                        r.uri("/a").plugin("hmac-auth", "{\"signed_headers\":[\"date\",\"host\"]}"))
                .consumer(
                    "acme",
                    c ->
                        c.credential(
                            "k",
                            "hmac-auth",
                            "{\"key_id\":\"john-key\",\"secret_key\":\"john-secret-key-of-32-bytes-at-least\"}"))
                .build())) {
      String host = "127.0.0.1:" + server.port();
      for (HttpClient.Version version : HttpClient.Version.values()) {
        HttpResponse<String> right = signed(server, version, host);
        assertTrue(right.body().contains(ProbeServlet.MARKER), version + right.body());
        HttpResponse<String> wrong = signed(server, version, "example.com");
        assertEquals(401, wrong.statusCode());
        assertFalse(wrong.body().contains(ProbeServlet.MARKER));
      }
    }
  }

  private static HttpResponse<String> signed(
      TomcatServer server, HttpClient.Version version, String host) throws Exception {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    String text = "john-key\nGET /a\ndate: " + date + "\nhost: " + host + "\n";
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(
            "john-secret-key-of-32-bytes-at-least".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signature =
        Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    return get(
        server,
        version,
        "Date",
        date,
        "Authorization",
        "Signature keyId=\"john-key\",algorithm=\"hmac-sha256\","
            + "headers=\"@request-target date host\",signature=\""
            + signature
            + "\"");
  }

  private TomcatServer serving(String condition) {
    return TestApplications.probeOver(
        connector -> connector.addUpgradeProtocol(new Http2Protocol()),
        documents,
        ConsumerFilter.builder()
            .route(
                r ->
                    r.uri("/a")
                        .plugin(
                            "workflow",
                            "{\"rules\":[{\"case\":"
                                + condition
                                + ",\"actions\":[[\"return\",{\"code\":403}]]}]}"))
            .build());
  }

  private static void assertRefused(TomcatServer server, HttpClient.Version version)
      throws Exception {
    HttpResponse<String> answer = get(server, version);
    assertFalse(answer.body().contains(ProbeServlet.MARKER), version + answer.body());
    assertEquals(403, answer.statusCode());
  }

  /** The first request of a connection is an upgrade, so the second one is returned. */
  private static HttpResponse<String> get(
      TomcatServer server, HttpClient.Version version, String... headers) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(version).build();
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/a");
    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(version, answer.version());
    return answer;
  }
}
