package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Profile;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.AuthConfig;
import dev.gatehouse.spi.plugin.AuthResult;
import dev.gatehouse.spi.plugin.AuthSettings;
import dev.gatehouse.spi.plugin.CredentialLocation;
import dev.gatehouse.spi.plugin.CredentialLookup;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.EnrolledCredential;
import dev.gatehouse.spi.plugin.GateRequest;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users, passwords and several plugins on a real Tomcat, in both profiles. */
class LoginTest {
  private static final String BASIC = "Basic realm=\"basic\", charset=\"UTF-8\"";
  private static final String KEY = "apikey realm=\"key\"";

  private static TomcatServer strict;
  private static TomcatServer api7;

  @BeforeAll
  static void start(@TempDir Path documents) {
    strict = TestApplications.probe(documents, filter(Profile.STRICT));
    api7 = TestApplications.probe(documents, filter(Profile.API7));
  }

  @AfterAll
  static void stop() {
    strict.close();
    api7.close();
  }

  private static ConsumerFilter filter(Profile profile) {
    String guest = "{\"anonymous_consumer\": \"guest\"}";
    return ConsumerFilter.builder()
        .profile(profile)
        .credentialPlugin(new Busy())
        .route(r -> r.uri("/basic").plugin("basic-auth", "{}"))
        .route(r -> r.uri("/hidden").plugin("basic-auth", "{\"hide_credentials\": true}"))
        .route(r -> r.uri("/guests").plugin("basic-auth", guest))
        .route(r -> r.uri("/busy").plugin("busy", guest))
        .route(r -> r.uri("/any").plugin("multi-auth", any("{\"key-auth\": {}}")))
        .route(
            r ->
                r.uri("/any-hidden")
                    .plugin("multi-auth", any("{\"key-auth\": {\"hide_credentials\": true}}")))
        .route(r -> r.uri("/any-guest").plugin("multi-auth", any("{\"key-auth\": " + guest + "}")))
        .consumer(
            "acme",
            c ->
                c.credential("key", "key-auth", "{\"key\": \"acme-key\"}")
                    .credential(
                        "login", "basic-auth", "{\"username\": \"al\", \"password\": \"pa:s s\"}"))
        .consumer("guest", c -> c)
        .build();
  }

  private static String any(String first) {
    return "{\"auth_plugins\": [" + first + ", {\"basic-auth\": {}}]}";
  }

  @Test
  void basic_withTheRightPassword_runsTheServlet() {
    for (TomcatServer server : List.of(strict, api7)) {
      String seen = admitted(server.get("/basic", "Authorization", basic("al", "pa:s s")));
      assertTrue(seen.contains("consumer: acme\n"), seen);
      assertTrue(seen.contains("header authorization: "), seen);
    }
  }

  @Test
  void basic_withAnythingElse_isRefusedWithTheChallenge() {
    for (TomcatServer server : List.of(strict, api7)) {
      assertRefused("Missing authorization in request", List.of(BASIC), server.get("/basic"));
      for (String wrong : List.of("pa", "pa:ss", "pas s", "pa:s s ", "pa:s s:")) {
        assertRefused(
            "Invalid user authorization",
            List.of(BASIC),
            server.get("/basic", "Authorization", basic("al", wrong)));
      }
      assertRefused(
          "Invalid authorization in request",
          List.of(BASIC),
          server.get("/basic", "Authorization", "x" + basic("al", "pa:s s")));
      assertRefused(
          "Invalid authorization in request",
          List.of(BASIC),
          server.get(
              "/basic",
              "Authorization",
              basic("al", "pa:s s"),
              "Authorization",
              basic("al", "pa:s s")));
    }
  }

  @Test
  void basic_whenCredentialsAreHidden_showsNone() {
    String seen = admitted(strict.get("/hidden", "Authorization", basic("al", "pa:s s")));
    assertTrue(seen.contains("consumer: acme\n"), seen);
    assertFalse(seen.contains("header authorization"), seen);
  }

  @Test
  void basic_withAnAnonymousConsumer_takesAWrongPasswordInApi7Only() {
    String wrong = basic("al", "wrong");
    assertTrue(admitted(strict.get("/guests")).contains("consumer: guest\n"));
    assertRefused(
        "Invalid user authorization",
        List.of(BASIC),
        strict.get("/guests", "Authorization", wrong));
    assertTrue(admitted(api7.get("/guests", "Authorization", wrong)).contains("consumer: guest\n"));
  }

  @Test
  void failedAuthentication_neverBecomesTheAnonymousConsumer() {
    for (TomcatServer server : List.of(strict, api7)) {
      HttpResponse<String> answer = server.get("/busy");
      assertEquals(503, answer.statusCode());
      assertFalse(answer.body().contains(ProbeServlet.MARKER));
      assertEquals(List.of("1"), answer.headers().allValues("Retry-After"));
      assertEquals(List.of(), answer.headers().allValues("WWW-Authenticate"));
    }
  }

  @Test
  void any_withOneProof_succeedsWithoutAChallenge() {
    for (TomcatServer server : List.of(strict, api7)) {
      String right = basic("al", "pa:s s");
      List<HttpResponse<String>> answers =
          List.of(
              server.get("/any", "apikey", "acme-key"),
              server.get("/any", "Authorization", right),
              server.get("/any", "apikey", "wrong", "Authorization", right),
              server.get("/any", "apikey", "acme-key", "Authorization", "Bearer x"));
      for (HttpResponse<String> answer : answers) {
        assertTrue(admitted(answer).contains("consumer: acme\n"));
        assertEquals(List.of(), answer.headers().allValues("WWW-Authenticate"));
      }
    }
  }

  @Test
  void any_withoutProof_namesEveryChallenge() {
    for (TomcatServer server : List.of(strict, api7)) {
      for (HttpResponse<String> answer :
          List.of(
              server.get("/any"),
              server.get("/any", "apikey", "wrong"),
              server.get("/any", "apikey", "wrong", "Authorization", basic("al", "x")))) {
        assertRefused("Authorization Failed", List.of(KEY, BASIC), answer);
      }
    }
  }

  @Test
  void any_hidesWhatTheInnerPluginHides() {
    String seen =
        admitted(strict.get("/any-hidden", "apikey", "x", "Authorization", basic("al", "pa:s s")));
    assertFalse(seen.contains("header apikey"), seen);
    assertTrue(seen.contains("header authorization"), seen);
  }

  @Test
  void any_withAnInnerAnonymousConsumer_prefersAProof() {
    String right = basic("al", "pa:s s");
    for (TomcatServer server : List.of(strict, api7)) {
      assertTrue(admitted(server.get("/any-guest")).contains("consumer: guest\n"));
      assertTrue(
          admitted(server.get("/any-guest", "Authorization", right)).contains("consumer: acme\n"));
    }
    assertRefused(
        "Authorization Failed",
        List.of(KEY, BASIC),
        strict.get("/any-guest", "Authorization", basic("al", "x")));
    assertTrue(
        admitted(api7.get("/any-guest", "Authorization", basic("al", "x")))
            .contains("consumer: guest\n"));
  }

  private static String admitted(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer::body);
    assertTrue(answer.body().startsWith(ProbeServlet.MARKER));
    return answer.body();
  }

  private static void assertRefused(
      String message, List<String> challenges, HttpResponse<String> answer) {
    assertEquals(401, answer.statusCode());
    assertEquals("{\"message\":\"" + message + "\"}\n", answer.body());
    assertEquals(challenges, answer.headers().allValues("WWW-Authenticate"));
  }

  private static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Never identifies the caller. */
  private static final class Busy implements CredentialPlugin<Busy.Config> {
    record Config(AuthSettings common, List<String> challenges, List<CredentialLocation> places)
        implements AuthConfig {}

    @Override
    public String name() {
      return "busy";
    }

    @Override
    public int priority() {
      return 1;
    }

    @Override
    public String attribute() {
      return "x";
    }

    @Override
    public Config configure(SettingsReader settings, PluginServices parts) {
      return new Config(AuthSettings.read(settings, "busy"), List.of("busy"), List.of());
    }

    @Override
    public EnrolledCredential readCredential(SettingsReader settings, PluginServices parts) {
      throw new AssertionError("not asked");
    }

    @Override
    public AuthResult authenticate(Config config, GateRequest request, CredentialLookup lookup) {
      return new AuthResult.Rejected(
          Reply.message(503, "busy").with(List.of(new Header("Retry-After", "1"))), "busy");
    }
  }
}
