package dev.gatehouse.internal.injection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gatehouse.Consumer;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.testing.HmacSigner;
import dev.gatehouse.testing.JwtSigner;
import dev.gatehouse.testing.TestConsumer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The signers of the test kit, before the real plugins, and its Consumers as parameters. */
class TestKitTest {
  private static final String SECRET = "a-secret-of-at-least-32-bytes-for-tests";
  private static final byte[] BODY = "{\"item\":\"ä\"}".getBytes(StandardCharsets.UTF_8);

  private final HttpClient client = HttpClient.newHttpClient();
  private TomcatServer server;

  @BeforeEach
  void start(@TempDir Path documents) {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(r -> r.uri("/hmac/*").plugin("hmac-auth", "{\"validate_request_body\": true}"))
            .route(r -> r.uri("/jwt/*").plugin("jwt-auth", "{}"))
            .consumer(
                "acme",
                c ->
                    c.credential(
                            "h",
                            "hmac-auth",
                            "{\"key_id\": \"id\", \"secret_key\": \"" + SECRET + "\"}")
                        .credential(
                            "j", "jwt-auth", "{\"key\": \"id\", \"secret\": \"" + SECRET + "\"}"))
            .build();
    server =
        TomcatServer.start(
            "",
            documents,
            context -> {
              context.addServletContainerInitializer(
                  (classes, servlets) ->
                      servlets
                          .addFilter("gate", filter)
                          .addMappingForUrlPatterns(
                              EnumSet.of(DispatcherType.REQUEST), false, "/*"),
                  Set.of());
              Tomcat.addServlet(context, "name", new Name());
              context.addServletMappingDecoded("/*", "name");
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void hmacSigner_signsWhatThePluginTakes() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/hmac/a%20b?x=%201");
    HmacSigner signer = new HmacSigner("id", SECRET);
    assertEquals("served acme", send(signer.request("POST", uri, BODY)).body());
    assertEquals("served acme", send(signer.request("GET", uri, new byte[0])).body());
    HttpResponse<String> wrong = send(new HmacSigner("id", "another").request("POST", uri, BODY));
    assertEquals(401, wrong.statusCode());
    assertFalse(wrong.body().contains("served"), wrong.body());
  }

  @Test
  void jwtSigner_makesTokensThatThePluginTakes() {
    JwtSigner signer = new JwtSigner("id", SECRET);
    String token = signer.token(Duration.ofMinutes(1), Map.of("sub", "tester"));
    assertEquals("served acme", bearer(token).body());
    HttpResponse<String> old = bearer(signer.token(Duration.ofMinutes(-1), Map.of()));
    assertEquals(401, old.statusCode());
    assertFalse(old.body().contains("served"), old.body());
  }

  @Test
  void parameter_isAConsumerAsTheAnnotationSays(
      @TestConsumer(value = "globex", labels = "tier:gold", group = "partners") Consumer consumer) {
    assertEquals("globex", consumer.username());
    assertEquals(Map.of("tier", "gold"), consumer.labels());
    assertEquals("partners", consumer.group().orElse(""));
  }

  private HttpResponse<String> bearer(String token) {
    return server.get("/jwt/1", "Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static final class Name extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print("served " + request.getUserPrincipal().getName());
    }
  }
}
