package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TestClock;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests signed bodies on a real Tomcat: when they are read, refused and read again. */
class ReplayedBodyTest {
  private static final String DATE = "Fri, 06 Sep 2024 06:41:29 GMT";
  private static final int MAX = 100_000;
  private static TomcatServer server;

  @BeforeAll
  static void start(@TempDir Path documents) {
    String settings = "{\"validate_request_body\": true, \"max_req_body_size\": %d%s}";
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .clock(new TestClock(1725604889000L))
            .route(r -> r.uri("/b/*").plugin("hmac-auth", settings.formatted(MAX, "")))
            .route(
                r ->
                    r.uri("/guests/*")
                        .plugin(
                            "hmac-auth",
                            settings.formatted(MAX, ", \"anonymous_consumer\": \"guest\"")))
            .route(
                r ->
                    r.uri("/hidden/*")
                        .plugin(
                            "hmac-auth", settings.formatted(MAX, ", \"hide_credentials\": true")))
            .consumer(
                "acme",
                c ->
                    c.credential(
                        "one", "hmac-auth", "{\"key_id\": \"acme\", \"secret_key\": \"s3cret\"}"))
            .consumer("guest", c -> c)
            .build();
    server =
        TomcatServer.start(
            "",
            documents,
            context -> {
              TestApplications.filter(context, "gate", filter, "/*");
              TestApplications.servlet(context, new Reader(), "/*");
            });
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "single", "reader", "listener", "dispatch"})
  void everyReader_getsExactlyTheBytes(String how) {
    for (String body :
        new String[] {"", "x", "{\"a\":\"\u00fc\"}\r\n\u0000", "0123456789".repeat(9_999)}) {
      HttpResponse<String> answer = post("/b/" + how, body, "application/json;charset=UTF-8", body);
      assertEquals(200, answer.statusCode());
      assertEquals("READ acme " + digest(body), answer.body());
    }
  }

  @Test
  void chunked_isReadToo() {
    String body = "chunk".repeat(1000);
    HttpResponse<String> answer = send("/b/stream", chunked(body), null, body);
    assertEquals("READ acme " + digest(body), answer.body());
  }

  @Test
  void parameters_areTheQuerysFirstAndThenTheForms() {
    String form = "a=2&b=%C3%BC+1&a=3&bad=%zz&&c&=x";
    HttpResponse<String> answer =
        post("/b/form?a=1&q=0", form, "application/x-www-form-urlencoded; charset=utf-8", form);
    assertEquals("READ acme {a=[1, 2, 3], b=[\u00fc 1], c=[], q=[0]}", answer.body());
    String latin = "b=%FC\u00fc";
    assertEquals(
        "READ acme {b=[\u00fc\u00c3\u00bc]}",
        post("/b/form", latin, "application/x-www-form-urlencoded;charset=ISO-8859-1", latin)
            .body());
    assertEquals("READ acme {}", post("/b/form", "a=1", "text/plain", "a=1").body());
    assertEquals(
        "READ acme {a=[1]}",
        post("/hidden/form?a=1", "", "application/x-www-form-urlencoded", "").body());
  }

  @Test
  void multipartBodies_areRefusedWithAMessage() {
    String body = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n";
    String type = "multipart/form-data; boundary=x";
    assertEquals(
        "READ acme a body that hmac-auth has validated is read with getInputStream, not as parts",
        post("/b/parts", body, type, body).body());
    assertEquals("READ acme " + digest(body), post("/b/stream", body, type, body).body());
  }

  @Test
  void wrongDigest_neverReachesTheServlet() {
    assertRefused(401, "client request can't be validated", post("/b/stream", "a", null, "b"));
    assertRefused(
        401, "client request can't be validated", send("/b/stream", chunked("a"), null, "b"));
  }

  @Test
  void tooLarge_isRefusedWithItsSizeAndNoChallenge() {
    String body = "x".repeat(MAX + 1);
    for (String path : new String[] {"/b/stream", "/guests/stream"}) {
      HttpResponse<String> declared = post(path, body, null, body);
      assertRefused(413, "request size 100001 is greater than the maximum size 100000", declared);
      assertTrue(declared.headers().firstValue("WWW-Authenticate").isEmpty());
      HttpResponse<String> counted = send(path, chunked(body), null, body);
      assertRefused(413, " is greater than the maximum size 100000 allowed", counted);
      assertTrue(counted.headers().firstValue("WWW-Authenticate").isEmpty());
    }
    String fits = "x".repeat(MAX);
    assertEquals("READ acme " + digest(fits), post("/b/stream", fits, null, fits).body());
    assertEquals("READ acme " + digest(fits), send("/b/stream", chunked(fits), null, fits).body());
  }

  @Test
  void wrongSignature_isRefusedBeforeTheBodyComes() throws IOException {
    String head =
        "POST /b/stream HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\nDate: "
            + DATE
            + "\r\n";
    String signed = signature("POST", "/b/stream", "x");
    for (String value :
        new String[] {signed.replace("keyId=\"acme", "keyId=\"acmf"), "Signature"}) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket.setSoTimeout(5_000);
        String sent = head + "Digest: " + digest("x") + "\r\nAuthorization: " + value + "\r\n\r\n";
        socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
        String first =
            new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        assertEquals("HTTP/1.1 401", first);
      }
    }
  }

  @Test
  void stalledClient_isNotServed() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String sent =
          "POST /b/stream HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\nDate: "
              + DATE
              + "\r\nDigest: "
              + digest("half")
              + "\r\nAuthorization: "
              + signature("POST", "/b/stream", "half")
              + "\r\n\r\nhalf";
      socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      socket.setSoTimeout(5_000);
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertFalse(answer.contains("READ"), answer);
      assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"), answer);
    }
  }

  @Test
  void anonymousRequest_leavesTheBodyUnread() {
    HttpResponse<String> answer =
        server.send(
            HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString("free")),
            "/guests/stream");
    assertEquals("READ guest " + digest("free"), answer.body());
  }

  @Test
  void hideCredentials_hidesTheSignature() {
    assertEquals("READ acme null", post("/hidden/auth", "x", null, "x").body());
    assertTrue(post("/b/auth", "x", null, "x").body().contains("Signature"));
  }

  private static HttpResponse<String> post(
      String target, String body, @Nullable String type, String digested) {
    return send(target, HttpRequest.BodyPublishers.ofString(body), type, digested);
  }

  private static HttpRequest.BodyPublisher chunked(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
  }

  private static HttpResponse<String> send(
      String target, HttpRequest.BodyPublisher body, @Nullable String type, String digested) {
    return server.send(
        HttpRequest.newBuilder().POST(body),
        target,
        "Date",
        DATE,
        "Digest",
        digest(digested),
        "Content-Type",
        type == null ? "application/octet-stream" : type,
        "Authorization",
        signature("POST", target, digested));
  }

  private static String signature(String method, String target, String digested) {
    String signed =
        "acme\n%s %s\ndate: %s\ndigest: %s\n".formatted(method, target, DATE, digest(digested));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] code = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
      return "Signature keyId=\"acme\",algorithm=\"hmac-sha256\","
          + "headers=\"@request-target date digest\",signature=\""
          + Base64.getEncoder().encodeToString(code)
          + "\"";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String digest(String body) {
    return digest(body.getBytes(StandardCharsets.UTF_8));
  }

  private static String digest(byte[] body) {
    try {
      byte[] sha = MessageDigest.getInstance("SHA-256").digest(body);
      return "SHA-256=" + Base64.getEncoder().encodeToString(sha);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertRefused(int status, String message, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode());
    assertFalse(answer.body().contains("READ"), answer.body());
    assertTrue(answer.body().contains(message), answer.body());
  }

  /** Reads the body in the way that the path names, and answers the digest of what it got. */
  private static final class Reader extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      String how = request.getRequestURI().substring(request.getRequestURI().lastIndexOf('/') + 1);
      if (how.equals("listener")) {
        listen(request, request.startAsync());
      } else if (how.equals("dispatch")
          && !request.isAsyncStarted()
          && request.getAttribute("again") == null) {
        request.setAttribute("again", true);
        request.startAsync().dispatch();
      } else {
        answer(request, response, read(how, request));
      }
    }

    private static String read(String how, HttpServletRequest request)
        throws IOException, ServletException {
      if (how.equals("reader")) {
        StringBuilder text = new StringBuilder();
        for (int c = request.getReader().read(); c >= 0; c = request.getReader().read()) {
          text.append((char) c);
        }
        return digest(text.toString());
      }
      if (how.equals("form")) {
        Map<String, String> all = new TreeMap<>();
        request
            .getParameterMap()
            .forEach((name, values) -> all.put(name, Arrays.asList(values).toString()));
        return all.toString();
      }
      if (how.equals("auth")) {
        return String.valueOf(request.getHeader("Authorization"));
      }
      if (how.equals("parts")) {
        try {
          return "parts " + request.getParts().size();
        } catch (ServletException e) {
          return String.valueOf(e.getMessage());
        }
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ServletInputStream in = request.getInputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        bytes.write(b);
        if (how.equals("stream")) {
          in.transferTo(bytes);
        }
      }
      return digest(bytes.toByteArray());
    }

    private static void listen(HttpServletRequest request, AsyncContext async) throws IOException {
      ServletInputStream in = request.getInputStream();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      in.setReadListener(
          new ReadListener() {
            @Override
            public void onDataAvailable() throws IOException {
              byte[] part = new byte[1000];
              while (in.isReady() && !in.isFinished()) {
                bytes.write(part, 0, Math.max(in.read(part), 0));
              }
            }

            @Override
            public void onAllDataRead() throws IOException {
              answer(
                  request, (HttpServletResponse) async.getResponse(), digest(bytes.toByteArray()));
              async.complete();
            }

            @Override
            public void onError(Throwable failure) {
              throw new UncheckedIOException(new IOException(failure));
            }
          });
    }

    private static void answer(
        HttpServletRequest request, HttpServletResponse response, String read) throws IOException {
      response.setContentType("text/plain;charset=UTF-8");
      response.getWriter().print("READ " + request.getRemoteUser() + " " + read);
    }
  }
}
