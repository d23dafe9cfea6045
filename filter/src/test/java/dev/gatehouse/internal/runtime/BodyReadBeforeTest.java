package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TestClock;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.catalina.core.StandardContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body that a listener of the application has read before the filter could check it. */
class BodyReadBeforeTest {
  private static final String DATE = "Fri, 06 Sep 2024 06:41:29 GMT";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String MULTIPART = "multipart/form-data; boundary=x";

  @TempDir private Path documents = Path.of("");

  private TomcatServer start() {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .clock(new TestClock(1725604889000L))
            .route(r -> r.uri("/signed/*").plugin("hmac-auth", "{\"validate_request_body\": true}"))
            .route(
                r ->
                    r.uri("/checked/*")
                        .plugin(
                            "request-validation",
                            "{\"body_schema\": {\"type\": \"object\", \"properties\":"
                                + " {\"role\": {\"enum\": [\"user\"]}}}}"))
            .consumer(
                "acme",
                c ->
                    c.credential(
                        "one", "hmac-auth", "{\"key_id\": \"acme\", \"secret_key\": \"s3cret\"}"))
            .build();
    return TomcatServer.start(
        "",
        documents,
        context -> {
          ((StandardContext) context).setAllowCasualMultipartParsing(true);
          ((StandardContext) context).addApplicationEventListener(new Early());
          TestApplications.filter(context, "gate", filter, "/*");
          TestApplications.servlet(context, new Roles(), "/*");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "parameter, form, false",
    "parameter, form, true",
    "parts, multipart, false",
    "parts, multipart, true",
    "stream, form, false",
    "stream, form, true",
    "stream, json, false",
    "stream, json, true",
    "first, form, false",
    "reader, form, false",
    "reader, json, true",
  })
  void forgedBody_isNotServedAsAnEmptyOne(String early, String kind, boolean chunked) {
    String type = kind.equals("form") ? FORM : kind.equals("json") ? "text/plain" : MULTIPART;
    String body =
        kind.equals("multipart")
            ? "--x\r\nContent-Disposition: form-data; name=\"role\"\r\n\r\nadmin\r\n--x--\r\n"
            : "role=admin";
    try (TomcatServer server = start()) {
      for (String digested : new String[] {"", "ole=admin"}) {
        HttpResponse<String> forged =
            send(server, new Sent("/signed/" + early, type, body, chunked), digested);
        assertFalse(forged.body().contains("ROLE"), forged.body());
        assertTrue(forged.statusCode() >= 400);
      }
      if (!kind.equals("json")) {
        HttpResponse<String> unchecked =
            send(server, new Sent("/checked/" + early, type, body, chunked), "");
        assertFalse(unchecked.body().contains("ROLE"), unchecked.body());
        assertTrue(unchecked.statusCode() >= 400);
      }
      HttpResponse<String> right = send(server, new Sent("/signed/no", type, body, chunked), body);
      assertEquals(200, right.statusCode());
      assertTrue(right.body().contains("ROLE"), right.body());
    }
  }

  @ParameterizedTest
  @CsvSource({"parameter", "no"})
  void emptyForm_isServed(String early) {
    try (TomcatServer server = start()) {
      HttpResponse<String> empty = send(server, new Sent("/signed/" + early, FORM, "", false), "");
      assertEquals("ROLE acme null", empty.body());
    }
  }

  private record Sent(String target, String type, String body, boolean chunked) {
    HttpRequest.BodyPublisher publisher() {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      return chunked
          ? HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))
          : HttpRequest.BodyPublishers.ofByteArray(bytes);
    }
  }

  private static HttpResponse<String> send(TomcatServer server, Sent sent, String digested) {
    String digest = digest(digested);
    String signed = "acme\nPOST %s\ndate: %s\ndigest: %s\n".formatted(sent.target(), DATE, digest);
    return server.send(
        HttpRequest.newBuilder().POST(sent.publisher()),
        sent.target(),
        "Date",
        DATE,
        "Digest",
        digest,
        "Content-Type",
        sent.type(),
        "Authorization",
        "Signature keyId=\"acme\",algorithm=\"hmac-sha256\","
            + "headers=\"@request-target date digest\",signature=\""
            + code(signed)
            + "\"");
  }

  private static String code(String signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String digest(String body) {
    try {
      byte[] sha =
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
      return "SHA-256=" + Base64.getEncoder().encodeToString(sha);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads the body in the way that the last segment of the path names. */
  private static final class Early implements ServletRequestListener {
    @Override
    public void requestInitialized(ServletRequestEvent event) {
      HttpServletRequest request = (HttpServletRequest) event.getServletRequest();
      String path = request.getRequestURI();
      try {
        switch (path.substring(path.lastIndexOf('/') + 1)) {
          case "parameter" -> request.getParameter("role");
          case "parts" -> request.getParts();
          case "stream" -> request.getInputStream().readAllBytes();
          case "first" -> request.getInputStream().read();
          case "reader" -> request.getReader().readLine();
          default -> {}
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (ServletException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Writes which role the application sees. */
  private static final class Roles extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response
          .getWriter()
          .print("ROLE " + request.getRemoteUser() + " " + request.getParameter("role"));
    }
  }
}
