package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.spi.plugin.RefusedException;
import dev.gatehouse.spi.plugin.Reply;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refusal after the application has begun its answer, as that of an annotated bean. */
class LateRefusalTest {
  @TempDir private Path documents = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"writer", "stream", "none"})
  void refusal_afterTheApplicationHasBegun_dropsItsContentHeaders(String begun) {
    ConsumerFilter filter =
        ConsumerFilter.builder().route(r -> r.uri("/other").plugin("key-auth", "{}")).build();
    try (TomcatServer server =
        TomcatServer.start(
            "",
            documents,
            context -> {
              TestApplications.filter(context, "gate", filter, "/*");
              TestApplications.servlet(context, new Refused(), "/*");
            })) {
      String answer = server.rawGet("/" + begun, "");
      String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
      String body = answer.substring(head.length() + 4);
      assertTrue(head.startsWith("HTTP/1.1 403"), head);
      assertEquals("{\"message\":\"no\"}\n", body);
      String lower = head.toLowerCase(Locale.ROOT);
      assertTrue(lower.contains("content-length: " + body.length()), head);
      assertTrue(lower.contains("content-type: application/json"), head);
      for (String gone :
          new String[] {"gzip", "etag", "last-modified", "attachment", "5000", "text/csv"}) {
        assertFalse(lower.contains(gone), head);
      }
      assertTrue(lower.contains("access-control-allow-origin: https://a.example"), head);
      assertTrue(lower.contains("set-cookie: seen=1"), head);
      assertTrue(lower.contains("vary: origin"), head);
      assertTrue(lower.contains("vary: accept"), head);
    }
  }

  /** Begins an answer in the way that the path names, and calls what refuses. */
  private static final class Refused extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setHeader("Access-Control-Allow-Origin", "https://a.example");
      response.addHeader("Vary", "Origin");
      response.addHeader("Vary", "Accept");
      response.addCookie(new Cookie("seen", "1"));
      response.setHeader("ETag", "\"1\"");
      response.setDateHeader("Last-Modified", 0);
      response.setHeader("Content-Encoding", "gzip");
      response.setHeader("Content-Disposition", "attachment");
      response.setContentType("text/csv;charset=UTF-16");
      response.setContentLength(5000);
      if (request.getRequestURI().equals("/writer")) {
        response.getWriter().print("begun");
      } else if (request.getRequestURI().equals("/stream")) {
        response.getOutputStream().print("begun");
      }
      throw new RefusedException("a bean", Reply.message(403, "no"));
    }
  }
}
