package dev.gatehouse.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every dispatch is judged like a request, on Payara Micro. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DispatchIT {
  private static final String SECRET = "VAULT";
  private static final String YAML =
      """
      routes:
        - { uris: ["/low/*"], plugins: { key-auth: {} } }
        - { uris: ["/vault/*"], plugins: { key-auth: {}, acl: { allow_labels: { tier: [gold] } } } }
        - uris: ["/vault/signed/*"]
          plugins: { hmac-auth: { validate_request_body: true } }
      consumers:
        - username: low
          credentials: [{ name: one, plugins: { key-auth: { key: low-dispatch-key-1 } } }]
        - username: signer
          credentials:
            - name: one
              plugins: { hmac-auth: { key_id: signer, secret_key: dispatch-signers-secret } }
        - username: gold
          labels: { tier: gold }
          credentials: [{ name: one, plugins: { key-auth: { key: gold-dispatch-key } } }]
      """;
  private static final String[] LOW = {"apikey", "low-dispatch-key-1"};
  private static final String[] GOLD = {"apikey", "gold-dispatch-key"};

  private @Nullable MicroServer server;
  private Client client = new Client(URI.create("http://127.0.0.1"));

  @BeforeAll
  void deploy() throws Exception {
    server =
        MicroServer.start(
            SampleWar.named("dispatches")
                .withYaml(YAML)
                .plus(VaultServlet.class, ForwardingServlet.class, EarlyReader.class)
                .file("dispatches.war"));
    client = new Client(server.base().resolve("/dispatches"));
    assertEquals(401, client.get("/vault/1").statusCode(), server.log());
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void dispatchToAPathOrAName_isCheckedLikeARequest() throws Exception {
    for (String target :
        List.of(
            "how=forward&to=/vault/1",
            "how=include&to=/vault/1",
            "how=async&to=/vault/1",
            "how=forward&name=vault",
            "how=include&name=vault")) {
      assertHidden(client.get("/open/onward?" + target));
      assertHidden(client.get("/open/onward?" + target, LOW));
      assertHidden(client.get("/low/onward?" + target, LOW));
      assertShown(client.get("/open/onward?" + target, GOLD));
      assertShown(client.get("/low/onward?" + target, GOLD));
    }
  }

  @Test
  void ambiguousTargetOfADispatch_isRefused() throws Exception {
    for (String to :
        List.of(
            "/low/../vault/1",
            "/low/x/..",
            "/low/%2e%2e/vault/1",
            "/vault;a=b/1",
            "//vault/1",
            "/vault/x/..",
            "/vault/x%2fy")) {
      for (String how : List.of("forward", "include", "async")) {
        String query = "?how=" + how + "&to=" + URLEncoder.encode(to, StandardCharsets.UTF_8);
        assertHidden(client.get("/low/onward" + query, LOW));
      }
    }
  }

  @Test
  void plusSignInThePath_isServedToARightKey() throws Exception {
    assertShown(client.get("/vault/a+b", GOLD));
    assertShown(client.get("/vault/a%2Bb", GOLD));
    assertShown(client.get("/vault/a%20b", GOLD));
    assertHidden(client.get("/vault/a+b", LOW));
    assertHidden(client.get("/vault/a+b"));
  }

  @Test
  void sessionInThePath_isRefusedAsTheSettingSays() throws Exception {
    assertEquals(400, client.get("/vault/a;jsessionid=0123abcd", GOLD).statusCode());
    assertEquals(400, client.get("/low/x;jsessionid=0123abcd", LOW).statusCode());
    assertEquals(200, client.get("/vault/a", GOLD).statusCode());
  }

  @Test
  void formThatAListenerHasRead_isNotCheckedAsAnEmptyOne() throws Exception {
    for (boolean chunked : new boolean[] {false, true}) {
      assertHidden(form("role=admin", "", "early: yes\r\n", chunked));
      assertHidden(form("role=admin", "", "", chunked));
      String right = form("role=user", "role=user", "", chunked);
      assertTrue(right.contains(SECRET + " /signed/1user"), right);
    }
  }

  /** Posts a form under the signature of another one. */
  private String form(String body, String signed, String headers, boolean chunked)
      throws Exception {
    String target = "/dispatches/vault/signed/1";
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    byte[] sha =
        MessageDigest.getInstance("SHA-256").digest(signed.getBytes(StandardCharsets.UTF_8));
    String digest = "SHA-256=" + Base64.getEncoder().encodeToString(sha);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(
            "dispatch-signers-secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String text = "signer\nPOST %s\ndate: %s\ndigest: %s\n".formatted(target, date, digest);
    String code =
        Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n".formatted(target)
            + "Content-Type: application/x-www-form-urlencoded\r\n"
            + "Date: %s\r\nDigest: %s\r\n".formatted(date, digest)
            + "Authorization: Signature keyId=\"signer\",algorithm=\"hmac-sha256\","
            + "headers=\"@request-target date digest\",signature=\"%s\"\r\n".formatted(code)
            + headers;
    return client.raw(
        chunked
            ? head
                + "Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
                    .formatted(body.length(), body)
            : head + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body));
  }

  private static void assertHidden(String answer) {
    assertFalse(answer.contains(SECRET), answer);
  }

  private static void assertHidden(HttpResponse<String> answer) {
    assertHidden(answer.body());
  }

  private static void assertShown(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains(SECRET), answer.body());
  }
}
