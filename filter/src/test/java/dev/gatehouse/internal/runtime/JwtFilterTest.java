package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code jwt-auth} on a real Tomcat: from the configuration's text to what the application sees.
 */
class JwtFilterTest {
  private static final String SECRET = "only the tests know these 32 bytes";
  private static TomcatServer server;

  /** Says the claims that it finds. */
  private static final class ClaimsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response
          .getWriter()
          .print(ProbeServlet.MARKER + " " + request.getAttribute("dev.gatehouse.jwt.claims"));
    }
  }

  @BeforeAll
  static void start(@TempDir Path documents) {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(r -> r.uri("/orders/*").plugin("jwt-auth", "{}"))
            .route(r -> r.uri("/hidden/*").plugin("jwt-auth", "{\"hide_credentials\": true}"))
            .route(r -> r.uri("/claims").plugin("jwt-auth", "{\"store_in_ctx\": true}"))
            .consumer(
                "acme",
                c ->
                    c.credential(
                        "main",
                        "jwt-auth",
                        "{\"key\": \"acme-key\", \"secret\": \"" + SECRET + "\"}"))
            .build();
    server =
        TomcatServer.start(
            "",
            documents,
            context -> {
              TestApplications.filter(context, "gatehouse", filter, "/*");
              TestApplications.servlet(context, new ProbeServlet(), "/*");
              TestApplications.servlet(context, new ClaimsServlet(), "/claims");
            });
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void token_inEachPlace_runsTheServletAsTheConsumer() {
    String token = token("{\"key\":\"acme-key\"}");
    for (HttpResponse<String> answer :
        List.of(
            server.get("/orders/1", "Authorization", "Bearer " + token),
            server.get("/orders/1?jwt=" + token),
            server.get("/orders/1", "Cookie", "a=b; jwt=" + token))) {
      assertEquals(200, answer.statusCode());
      assertTrue(answer.body().contains(ProbeServlet.MARKER));
      assertTrue(answer.body().contains("consumer: acme\n"), answer::body);
      assertTrue(answer.body().contains("auth: jwt-auth\n"), answer::body);
    }
  }

  @Test
  void tokenThatIsWrong_isRefusedWithTheChallenge() {
    String token = token("{\"key\":\"acme-key\",\"exp\":1}");
    HttpResponse<String> answer = server.get("/orders/1", "Authorization", "Bearer " + token);

    assertEquals(401, answer.statusCode());
    assertEquals("{\"message\":\"failed to verify jwt\"}\n", answer.body());
    assertEquals(List.of("Bearer realm=\"jwt\""), answer.headers().allValues("WWW-Authenticate"));
  }

  @Test
  void hiddenToken_isRemovedEverywhere() {
    String token = token("{\"key\":\"acme-key\"}");
    for (HttpResponse<String> answer :
        List.of(
            server.get("/hidden/1", "Authorization", "Bearer " + token),
            server.get("/hidden/1?x=1&jwt=" + token),
            server.get("/hidden/1", "Cookie", "a=b; jwt=" + token))) {
      assertEquals(200, answer.statusCode());
      assertTrue(answer.body().contains(ProbeServlet.MARKER));
      assertFalse(answer.body().contains(token), answer::body);
    }
  }

  @Test
  void claims_areARequestAttribute() {
    String token = token("{\"key\":\"acme-key\",\"scope\":[\"read\"]}");

    assertEquals(
        ProbeServlet.MARKER + " {key=acme-key, scope=[read]}",
        server.get("/claims", "Authorization", "Bearer " + token).body());
  }

  private static String token(String claims) {
    String input = part("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8));
    input += "." + part(claims.getBytes(StandardCharsets.UTF_8));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return input + "." + part(mac.doFinal(input.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
