package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.Profile;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.FilterBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code limit-failed-auth} before real logins from several loopback addresses. */
class FailedLoginTest {
  private static final String GUARD = "{\"count\": 4, \"key_count\": 2, \"time_window\": 60}";
  private static final int OFFICE = 2;
  private static final int THIEF = 3;
  private static final int OTHER_THIEF = 4;

  private final TestClock clock = new TestClock();
  private TomcatServer server;

  @BeforeEach
  void start(@TempDir Path documents) {
    server = TestApplications.probe(documents, filter(Profile.STRICT));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ConsumerFilter filter(Profile profile) {
    return ConsumerFilter.builder()
        .profile(profile)
        .ticker(clock)
        .route(r -> r.uri("/login").plugin("basic-auth", "{}").plugin("limit-failed-auth", GUARD))
        .route(r -> r.uri("/key").plugin("key-auth", "{}").plugin("limit-failed-auth", GUARD))
        .route(
            r ->
                r.uri("/guests")
                    .plugin("key-auth", "{\"anonymous_consumer\": \"guest\"}")
                    .plugin("limit-failed-auth", GUARD))
        .route(
            r ->
                r.uri("/any")
                    .plugin(
                        "multi-auth",
                        "{\"auth_plugins\": [{\"basic-auth\": {}}, {\"key-auth\": {}}]}")
                    .plugin("limit-failed-auth", GUARD))
        .route(
            r ->
                r.uri("/both")
                    .plugin("basic-auth", "{}")
                    .plugin("jwt-auth", "{}")
                    .plugin("limit-failed-auth", GUARD))
        .route(r -> r.uri("/open").plugin("key-auth", "{}"))
        .consumer(
            "acme",
            c ->
                c.credential("key", "key-auth", "{\"key\": \"acme-key\"}")
                    .credential(
                        "login", "basic-auth", "{\"username\": \"al\", \"password\": \"pw\"}"))
        .consumer("thief", c -> c.credential("key", "key-auth", "{\"key\": \"thief-key\"}"))
        .consumer("guest", c -> c)
        .build();
  }

  @Test
  void guessingOneUser_isStoppedAndTheOwnerStillGetsIn() {
    assertRefused(401, login(THIEF, "al:one"));
    assertRefused(401, login(THIEF, "al:two"));
    String stopped = login(THIEF, "al:pw");
    assertRefused(429, stopped);
    assertTrue(stopped.contains("\r\nRetry-After: 60\r\n"), stopped);
    assertTrue(stopped.contains("{\"message\":\"Too many failed authentications\"}"), stopped);
    assertFalse(stopped.contains("WWW-Authenticate"), stopped);
    assertRuns(login(OFFICE, "al:pw"));
    assertRefused(401, login(OTHER_THIEF, "al:three"));
    assertRefused(429, login(OTHER_THIEF, "al:four"));
    assertRuns(login(OFFICE, "al:pw"));
    clock.advance(Duration.ofSeconds(60));
    assertRuns(login(THIEF, "al:pw"));
  }

  @Test
  void unknownUser_isStoppedExactlyLikeAKnownOne() {
    for (String user : new String[] {"al", "nobody"}) {
      int from = user.equals("al") ? THIEF : OTHER_THIEF;
      assertRefused(401, login(from, user + ":one"));
      assertRefused(401, login(from, user + ":two"));
      assertRefused(429, login(from, user + ":three"));
    }
  }

  @Test
  void guessingKeys_stopsTheAddressOnAllItsRoutesEvenWithAGoodKey() {
    for (int i = 0; i < 4; i++) {
      assertRefused(401, call(THIEF, "/key", "apikey: guess-" + i));
    }
    assertRefused(429, call(THIEF, "/key", "apikey: acme-key"));
    assertRefused(429, login(THIEF, "al:pw"));
    assertRuns(call(THIEF, "/open", "apikey: acme-key"));
    assertRuns(call(OFFICE, "/key", "apikey: acme-key"));
  }

  @Test
  void successAndMissingCredentials_areNoFailures() {
    for (int i = 0; i < 10; i++) {
      assertRefused(401, call(OFFICE, "/key", "X-Nothing: 1"));
      assertRuns(call(OFFICE, "/key", "apikey: acme-key"));
    }
  }

  @Test
  void success_doesNotReduceFailures() {
    for (int i = 0; i < 4; i++) {
      assertRefused(401, call(THIEF, "/key", "apikey: guess-" + i));
      if (i < 3) {
        assertRuns(call(THIEF, "/key", "apikey: acme-key"));
      }
    }
    assertRefused(429, call(THIEF, "/key", "apikey: acme-key"));
  }

  @Test
  void guessesBesideAGoodKey_areCountedLikeOthers() {
    String guess = basic("al:guess");
    for (int i = 0; i < 4; i++) {
      String answer = call(THIEF, "/any", "apikey: thief-key\r\n" + guess);
      assertRuns(answer);
      assertTrue(answer.contains("consumer: thief"), answer);
    }
    assertRefused(429, call(THIEF, "/any", "apikey: thief-key\r\n" + guess));
    assertRuns(call(OFFICE, "/any", basic("al:pw")));
  }

  @Test
  void proofBesideAFailure_isNotCountedAsOne() {
    for (int i = 0; i < 3; i++) {
      assertRefused(401, call(OFFICE, "/both?jwt=no-token", basic("al:pw")));
    }
    assertRuns(login(OFFICE, "al:pw"));
  }

  @Test
  void wrongCredentialThatMayBeAnonymous_isCountedToo(@TempDir Path documents) {
    server.close();
    server = TestApplications.probe(documents, filter(Profile.API7));
    for (int i = 0; i < 4; i++) {
      assertRuns(call(THIEF, "/guests", "apikey: guess-" + i));
    }
    assertRefused(429, call(THIEF, "/guests", "apikey: guess-4"));
    assertRuns(call(OFFICE, "/guests", "X-Nothing: 1"));
  }

  @Test
  void onAConsumer_itIsRefusedAtTheStart() {
    FilterBuilder builder =
        ConsumerFilter.builder().consumer("acme", c -> c.plugin("limit-failed-auth", "{}"));
    ConfigException refused = assertThrows(ConfigException.class, builder::build);
    assertTrue(
        refused.problems().stream()
            .anyMatch(
                one ->
                    one.toString()
                        .equals(
                            "consumers[acme].plugins.limit-failed-auth: is allowed on Routes only:"
                                + " it runs before the Consumer is known")),
        refused.getMessage());
  }

  private String login(int from, String login) {
    return call(from, "/login", basic(login));
  }

  private static String basic(String login) {
    byte[] bytes = login.getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  /** Returns a call from 127.0.0.{@code from}. */
  private String call(int from, String path, String header) {
    try (Socket socket =
        new Socket(
            InetAddress.getLoopbackAddress(),
            server.port(),
            InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) from}),
            0)) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              ("GET "
                      + path
                      + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                      + header
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(answer);
      return answer.toString(StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void assertRefused(int status, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertFalse(answer.contains(ProbeServlet.MARKER), answer);
  }

  private static void assertRuns(String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertTrue(answer.contains(ProbeServlet.MARKER), answer);
  }
}
