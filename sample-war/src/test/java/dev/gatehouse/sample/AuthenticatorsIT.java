package dev.gatehouse.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Comes into the sample by every path that has a credential plugin of its own. */
@ArquillianTest
class AuthenticatorsIT {
  private static final URI NOWHERE = URI.create("http://127.0.0.1");
  private static final String SERVED = "\"by\":";
  private static final String CREDENTIALS = "acme:acme-demo-password-Kq7";

  @ArquillianResource URI base = NOWHERE;
  private Client client = new Client(NOWHERE);

  @Deployment(testable = false)
  static WebArchive sample() {
    return SampleWar.named("ways").archive();
  }

  @BeforeEach
  void connect() {
    client = new Client(base);
  }

  @Test
  void basic_withThePassword_identifiesTheConsumer() throws Exception {
    assertServed("acme", "basic-auth", client.get("/ways/basic", "Authorization", basic()));
    assertRefused(client.get("/ways/basic"));
    assertRefused(client.get("/ways/basic", "Authorization", basic("acme:wrong")));
  }

  @Test
  void hmacAndJwt_withoutAProof_areRefusedWithTheirChallenges() throws Exception {
    assertEquals(List.of("hmac realm=\"hmac\""), challenges(client.get("/ways/hmac")));
    assertEquals(List.of("Bearer realm=\"jwt\""), challenges(client.get("/ways/jwt")));
  }

  @Test
  void any_takesEachProof_andNamesAllChallengesWithoutOne() throws Exception {
    assertServed("acme", "basic-auth", client.get("/ways/any", "Authorization", basic()));
    assertServed("acme", "key-auth", client.get("/ways/any", "apikey", "acme-demo-key-7Qd2"));
    assertEquals(3, challenges(client.get("/ways/any")).size());
  }

  @Test
  void guest_withoutAKey_isTheAnonymousConsumer() throws Exception {
    assertServed("guest", "nothing", client.get("/ways/guest"));
    assertServed("acme", "key-auth", client.get("/ways/guest", "apikey", "acme-demo-key-7Qd2"));
    assertRefused(client.get("/ways/guest", "apikey", "wrong"));
  }

  @Test
  void steadyRequests_fasterThanTheRate_areRefusedWithRetryAfter() throws Exception {
    HttpResponse<String> answer = steady();
    assertServed("acme", "key-auth", answer);
    for (int i = 0; i < 100 && answer.statusCode() == 200; i++) {
      assertServed("acme", "key-auth", answer);
      answer = steady();
    }
    assertEquals(429, answer.statusCode(), answer.body());
    assertFalse(answer.body().contains(SERVED), answer.body());
    assertEquals("1", answer.headers().firstValue("Retry-After").orElse("-"));
    assertRefused(client.get("/ways/steady", "apikey", "wrong"));
  }

  private HttpResponse<String> steady() throws IOException {
    return client.get("/ways/steady", "apikey", "acme-demo-key-7Qd2");
  }

  @Test
  void pathWithoutARouteOfItsOwn_isNotOpen() throws Exception {
    assertRefused(client.get("/ways/elsewhere"));
    assertRefused(client.get("/ways"));
  }

  private static String basic() {
    return basic(CREDENTIALS);
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> challenges(HttpResponse<String> answer) {
    assertRefused(answer);
    return answer.headers().allValues("WWW-Authenticate");
  }

  private static void assertServed(String consumer, String by, HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals(
        "{\"consumer\":\"" + consumer + "\",\"by\":\"" + by + "\"}", answer.body().strip());
  }

  private static void assertRefused(HttpResponse<String> answer) {
    assertEquals(401, answer.statusCode(), answer.body());
    assertFalse(answer.body().contains(SERVED), answer.body());
    assertTrue(answer.headers().firstValue("WWW-Authenticate").isPresent());
  }
}
