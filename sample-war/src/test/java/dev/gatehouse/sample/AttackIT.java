package dev.gatehouse.sample;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Calls the sample as attackers do, and as a crowd does. */
@ArquillianTest
class AttackIT {
  private static final URI NOWHERE = URI.create("http://127.0.0.1");
  private static final String KEY = "apikey";
  private static final String ACME = "acme-demo-key-7Qd2";
  private static final String REPORT = "Daily report";
  private static final String ECHO = "echo reached";

  @ArquillianResource URI base = NOWHERE;
  private Client client = new Client(NOWHERE);

  @Deployment(testable = false)
  static WebArchive sample() {
    StringBuilder crowd = new StringBuilder();
    for (int i = 0; i < ConcurrentCalls.IDENTITIES; i++) {
      crowd.append(TestConsumers.limited(ConcurrentCalls.name(i), 1_000_000, 60));
    }
    return SampleWar.named("attack")
        .plusConsumers(crowd.toString())
        .plus(EchoServlet.class)
        .archive();
  }

  @BeforeEach
  void connect() {
    client = new Client(base);
  }

  @Test
  void identityHeaders_ofTheClient_areReplacedByOurs() throws Exception {
    String seen =
        client
            .get(
                "/api/echo",
                KEY,
                ACME,
                "x-consumer-username",
                "mallory",
                "X-CREDENTIAL-IDENTIFIER",
                "forged",
                "X-Consumer-Custom-ID",
                "forged",
                "X-Harmless",
                "kept")
            .body();
    assertAll(
        () -> assertTrue(seen.contains("injected=acme"), seen),
        () -> assertTrue(seen.contains("asked X-Consumer-Username=acme"), seen),
        () -> assertTrue(seen.contains("header x-consumer-username=[acme]"), seen),
        () -> assertTrue(seen.contains("asked X-Credential-Identifier=main"), seen),
        () -> assertTrue(seen.contains("asked X-Consumer-Custom-ID=null"), seen),
        () -> assertTrue(seen.contains("header x-harmless=[kept]"), seen),
        () -> assertFalse(seen.contains("mallory") || seen.contains("forged"), seen));
  }

  @Test
  void identityHeaders_onPublicPath_areMasked() throws Exception {
    String seen =
        client.get("/open/echo", "X-Consumer-Username", "mallory", "X-Harmless", "kept").body();
    assertTrue(seen.contains(ECHO) && seen.contains("header x-harmless=[kept]"), seen);
    assertFalse(seen.contains("mallory"), seen);
    assertTrue(seen.contains("injected=-"), seen);
  }

  @Test
  void identityHeaders_asTrailers_areMasked() throws Exception {
    String seen =
        client.raw(
            RawRequest.chunkedPost(client.context() + "/api/echo", KEY + ": " + ACME)
                .trailers("X-Consumer-Username: mallory", "X-Credential-Identifier: forged"));
    assertTrue(seen.contains("body=hello") && seen.contains("injected=acme"), seen);
    assertFalse(seen.contains("mallory") || seen.contains("forged"), seen);
  }

  @Test
  void identityHeaders_asTrailersOnPublicPath_areMasked() throws Exception {
    String seen =
        client.raw(
            RawRequest.chunkedPost(client.context() + "/open/echo", "X-Harmless: kept")
                .trailers("X-Consumer-Username: mallory", "X-Consumer-Custom-ID: forged"));
    assertTrue(seen.contains("body=hello") && seen.contains("[kept]"), seen);
    assertFalse(seen.contains("mallory") || seen.contains("forged"), seen);
  }

  @Test
  void credentialInHeader_isHiddenFromTheApplication() throws Exception {
    String seen = client.get("/api/echo?page=2", KEY, ACME, "X-Harmless", "kept").body();
    assertTrue(seen.contains("injected=acme") && seen.contains("[kept]"), seen);
    assertTrue(seen.contains("asked apikey=null") && seen.contains("param page=[2]"), seen);
    assertFalse(seen.contains(ACME), seen);
  }

  @Test
  void credentialInQuery_isHiddenFromTheApplication() throws Exception {
    String seen = client.get("/api/echo?page=2&apikey=" + ACME + "&sort=asc").body();
    assertTrue(seen.contains("injected=acme") && seen.contains("param sort=[asc]"), seen);
    assertTrue(seen.contains("query=page=2&sort=asc"), seen);
    assertFalse(seen.contains(ACME), seen);
  }

  @Test
  void credentialOfferedTwice_isHiddenInBothPlaces() throws Exception {
    String seen = client.get("/api/echo?apikey=" + ACME, KEY, ACME).body();
    assertTrue(seen.contains("injected=acme"), seen);
    assertFalse(seen.contains(ACME), seen);
  }

  @TestFactory
  Stream<DynamicTest> ambiguousPath_isRefusedBeforeTheApplicationRuns() {
    return Stream.of(
            "/reports/../reports/daily",
            "/reports/./daily",
            "/reports/.../daily",
            "/reports//daily",
            "//reports/daily",
            "/reports/%2e%2e/reports/daily",
            "/reports/%2e/daily",
            "/open/..;/reports/daily",
            "/reports/daily;x=1",
            "/reports;x=1/daily",
            "/reports/daily%3bx=1",
            "/reports%2fdaily",
            "/reports%2Fdaily",
            "/reports%5cdaily",
            "/reports\\daily",
            "/reports/daily%00",
            "/reports/daily%0a",
            "/reports/%64aily%25",
            "/reports/daily%c0%af",
            "/reports/%e0%80%afdaily")
        .map(path -> DynamicTest.dynamicTest(path, () -> refusesAmbiguous(path)));
  }

  private void refusesAmbiguous(String path) throws Exception {
    String refused = client.raw(RawRequest.get(client.context() + path, KEY + ": " + ACME));
    assertFalse(refused.contains(REPORT), refused);
    assertTrue(refused.startsWith("HTTP/1.1 400"), refused);
    String control =
        client.raw(RawRequest.get(client.context() + "/reports/daily", KEY + ": " + ACME));
    assertTrue(control.startsWith("HTTP/1.1 200") && control.contains(REPORT), control);
  }

  @Test
  void malformedEscape_neverReachesTheApplication() throws Exception {
    String target = client.context() + "/reports/daily%zz";
    String refused = client.raw(RawRequest.get(target, KEY + ": " + ACME));
    // Payara answers such a target itself, with 200 and no body.
    assertTrue(refused.startsWith("HTTP/1.1 400") || refused.endsWith("\r\n\r\n"), refused);
    assertFalse(refused.contains(REPORT), refused);
  }

  @Test
  void injection_under64Connections_neverMixesTwentyCallers() throws Exception {
    ConcurrentCalls.Result result = new ConcurrentCalls(base).call(64, 6_400);
    assertEquals(6_400, result.right(), result::toString);
    assertEquals(0, result.wrong(), result::toString);
  }
}
