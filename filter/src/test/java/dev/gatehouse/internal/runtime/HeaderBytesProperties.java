package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Whatever bytes of a header a real container lets through, the answer is a refusal and no 5xx. */
class HeaderBytesProperties {
  private static @Nullable TomcatServer server;

  @BeforeContainer
  static void start() throws IOException {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(r -> r.uri("/key").plugin("key-auth", "{}"))
            .route(r -> r.uri("/basic").plugin("basic-auth", "{}"))
            .route(r -> r.uri("/jwt").plugin("jwt-auth", "{}"))
            .route(
                r ->
                    r.uri("/hmac")
                        .plugin(
                            "hmac-auth",
                            "{\"validate_request_body\": true, \"replay_protection\": true}"))
            .route(
                r ->
                    r.uri("/any")
                        .plugin(
                            "multi-auth",
                            "{\"auth_plugins\": [{\"key-auth\": {}}, {\"basic-auth\": {}},"
                                + " {\"hmac-auth\": {}}, {\"jwt-auth\": {}}]}"))
            .consumer("acme", c -> c.credential("k", "key-auth", "{\"key\": \"right\"}"))
            .build();
    server = TestApplications.probe(Files.createTempDirectory("headers"), filter);
  }

  @AfterContainer
  static void stop() {
    server().close();
  }

  @Property(tries = 400)
  void anyHeader_onAnyRoute_isRefusedWithoutAServerError(
      @ForAll("routes") String route,
      @ForAll("names") String name,
      @ForAll("schemes") String scheme,
      @ForAll("bytes") String bytes) {
    String answer = server().rawGet(route, name + ": " + scheme + bytes + "\r\n");
    assertTrue(answer.matches("(?s)HTTP/1\\.1 4\\d\\d .*"), answer);
    assertFalse(answer.contains(ProbeServlet.MARKER), answer);
  }

  @Property(tries = 1)
  void rightKey_isAdmitted() {
    assertTrue(server().rawGet("/key", "apikey: right\r\n").contains(ProbeServlet.MARKER));
  }

  private static TomcatServer server() {
    return Objects.requireNonNull(server);
  }

  @Provide
  Arbitrary<String> routes() {
    return Arbitraries.of("/key", "/basic", "/jwt", "/hmac", "/any");
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of("Authorization", "apikey", "Cookie", "Date", "Digest", "Accept");
  }

  @Provide
  Arbitrary<String> schemes() {
    return Arbitraries.of(
        "", "Basic ", "Bearer ", "Signature ", "Signature keyId=\"", "jwt=", "a.b.", "SHA-256=");
  }

  /** Returns all bytes but those that end a header. */
  @Provide
  Arbitrary<String> bytes() {
    return Arbitraries.chars()
        .range('\u0001', '\u00ff')
        .filter(c -> c != '\r' && c != '\n')
        .array(char[].class)
        .ofMaxSize(300)
        .map(String::new);
  }
}
