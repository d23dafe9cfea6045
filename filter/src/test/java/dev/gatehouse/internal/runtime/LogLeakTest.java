package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.FilterBuilder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No secret of a configuration or a request appears in a log or a response, at any level. */
class LogLeakTest {
  private static final String KEY = "kEy-7f3a91c2";
  private static final String PASSWORD = "paSSword-5b1d";
  private static final String SIGNING = "sIgning-secret-9e8d7c6b5a49382716f0";
  private static final String TOKEN_SECRET = "tOken-secret-of-more-than-32-bytes-a1b2c3";
  private static final String GUESS = "gUess-d41d8cd9";
  private static final String HIDDEN = "{\"hide_credentials\": true}";

  private final Logger root = Logger.getLogger("dev.gatehouse");
  private final LogRecorder records = new LogRecorder();
  private final List<HttpResponse<String>> answers = new ArrayList<>();

  @BeforeEach
  void listen() {
    root.setLevel(Level.ALL);
    root.addHandler(records);
  }

  @AfterEach
  void silence() {
    root.removeHandler(records);
    root.setLevel(null);
  }

  @Test
  void requestsOfEveryPlugin_rightAndWrong_leaveNoSecretBehind(@TempDir Path base)
      throws Exception {
    String token = token(TOKEN_SECRET);
    String forged = token(GUESS + GUESS + GUESS);
    try (TomcatServer server = TestApplications.probe(base, filter())) {
      runs(server.get("/key", "apikey", KEY));
      runs(server.get("/basic", "Authorization", basic(PASSWORD)));
      runs(server.get("/jwt", "Authorization", "Bearer " + token));
      runs(server.get("/jwt?jwt=" + token));
      refused(server.get("/key", "apikey", GUESS));
      refused(server.get("/key?apikey=" + GUESS));
      refused(server.get("/basic", "Authorization", basic(GUESS)));
      refused(server.get("/basic", "Authorization", "Basic " + GUESS));
      refused(server.get("/jwt", "Authorization", "Bearer " + forged));
      refused(server.get("/jwt", "Authorization", "Bearer " + GUESS));
      refused(server.get("/hmac", "Authorization", "Signature keyId=\"" + GUESS + "\""));
      refused(
          server.get(
              "/hmac",
              "Authorization",
              "Signature keyId=\"al\",algorithm=\"hmac-sha256\",signature=\"" + GUESS + "\""));
      refused(server.get("/any", "apikey", GUESS, "Authorization", basic(GUESS)));
      assertClean(List.of(KEY, PASSWORD, SIGNING, TOKEN_SECRET, GUESS, token, forged));
    }
    assertTrue(records.text().contains("refused by key-auth"), "positive control: it is logged");
  }

  @Test
  void problemsInAConfiguration_areReportedWithoutSecrets() {
    FilterBuilder builder =
        ConsumerFilter.builder()
            .consumer(
                "al",
                c ->
                    c.credential("k", "key-auth", "{\"kye\": \"" + KEY + "\"}")
                        .credential("b", "basic-auth", "{\"username\": \"" + PASSWORD + "\"}")
                        .credential("h", "hmac-auth", "{\"secret_key\": [\"" + SIGNING + "\"]}")
                        .credential("j", "jwt-auth", "{\"secret\": \"" + GUESS + "\"")
                        .plugin("key-auth", "\"" + TOKEN_SECRET + "\""));
    String text = String.valueOf(assertThrows(ConfigException.class, builder::build).getMessage());
    assertTrue(text.contains("consumers[al].credentials[k].plugins.key-auth.kye"), text);
    for (String secret : List.of(KEY, PASSWORD, SIGNING, TOKEN_SECRET, GUESS)) {
      assertFalse(text.contains(secret), text);
    }
  }

  private void assertClean(List<String> secrets) {
    String log = records.text();
    for (String secret : secrets) {
      String encoded = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
      assertFalse(log.contains(secret), () -> secret + " is in the log:\n" + log);
      assertFalse(log.contains(encoded), () -> secret + " is in the log, encoded:\n" + log);
      for (HttpResponse<String> answer : answers) {
        String response = answer.headers().map() + "\n" + answer.body();
        assertFalse(response.contains(secret), response);
        assertFalse(response.contains(encoded), response);
      }
    }
  }

  private static ConsumerFilter filter() {
    return ConsumerFilter.builder()
        .route(r -> r.uri("/key").plugin("key-auth", HIDDEN))
        .route(r -> r.uri("/basic").plugin("basic-auth", HIDDEN).plugin("limit-failed-auth", "{}"))
        .route(r -> r.uri("/jwt").plugin("jwt-auth", HIDDEN))
        .route(r -> r.uri("/hmac").plugin("hmac-auth", HIDDEN))
        .route(
            r ->
                r.uri("/any")
                    .plugin(
                        "multi-auth",
                        "{\"auth_plugins\": [{\"key-auth\": {}}, {\"basic-auth\": {}}]}"))
        .consumer(
            "al",
            c ->
                c.credential("k", "key-auth", "{\"key\": \"" + KEY + "\"}")
                    .credential(
                        "b",
                        "basic-auth",
                        "{\"username\": \"al\", \"password\": \"" + PASSWORD + "\"}")
                    .credential(
                        "h",
                        "hmac-auth",
                        "{\"key_id\": \"al\", \"secret_key\": \"" + SIGNING + "\"}")
                    .credential(
                        "j", "jwt-auth", "{\"key\": \"al\", \"secret\": \"" + TOKEN_SECRET + "\"}"))
        .build();
  }

  private void runs(HttpResponse<String> answer) {
    answers.add(answer);
    assertEquals(200, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains(ProbeServlet.MARKER), answer.body());
  }

  private void refused(HttpResponse<String> answer) {
    answers.add(answer);
    assertEquals(401, answer.statusCode(), answer.body());
    assertFalse(answer.body().contains(ProbeServlet.MARKER), answer.body());
  }

  private static String basic(String password) {
    byte[] login = ("al:" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(login);
  }

  private static String token(String secret) throws GeneralSecurityException {
    String signed = part("{\"alg\":\"HS256\"}") + '.' + part("{\"key\":\"al\"}");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private static String part(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Records log messages and their exceptions. */
  private static final class LogRecorder extends Handler {
    private final StringBuilder text = new StringBuilder();
    private final SimpleFormatter formatter = new SimpleFormatter();

    LogRecorder() {
      setLevel(Level.ALL);
    }

    synchronized String text() {
      return text.toString();
    }

    @Override
    public synchronized void publish(LogRecord entry) {
      text.append(formatter.format(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
