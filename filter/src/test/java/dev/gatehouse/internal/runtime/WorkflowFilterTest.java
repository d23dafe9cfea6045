package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code workflow} and {@code request-validation} on a real server. */
class WorkflowFilterTest {
  @TempDir private Path documents = Path.of("");

  @Test
  void workflow_takesTheLimitsPlace_whereItsRuleHolds() {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(
                r ->
                    r.uri("/*")
                        .plugin(
                            "workflow",
                            "{\"rules\":[{\"case\":[[\"uri\",\"==\",\"/many\"]],\"actions\":"
                                + "[[\"limit-count\",{\"count\":3,\"time_window\":60}]]},"
                                + "{\"case\":[[\"uri\",\"==\",\"/no\"]],\"actions\":"
                                + "[[\"return\",{\"code\":404}]]}]}")
                        .plugin("limit-count", "{\"count\":1,\"time_window\":60}"))
            .build();
    try (TomcatServer server = TestApplications.probe(documents, filter)) {
      for (int i = 0; i < 3; i++) {
        assertTrue(server.get("/many").body().contains(ProbeServlet.MARKER));
      }
      refused(429, server.get("/many"));
      assertTrue(server.get("/one").body().contains(ProbeServlet.MARKER));
      refused(429, server.get("/one"));
      refused(404, server.get("/no"));
      assertEquals("{\"error_msg\":\"rejected by workflow\"}", server.get("/no").body().strip());
    }
  }

  @Test
  void body_thatFits_reachesTheApplicationWhole() {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(
                r ->
                    r.uri("/*")
                        .plugin(
                            "request-validation",
                            "{\"body_schema\":{\"type\":\"object\",\"required\":[\"a\"]},"
                                + "\"header_schema\":{\"required\":[\"x-team\"]}}"))
            .build();
    try (TomcatServer server = TestApplications.probe(documents, filter)) {
      HttpResponse<String> fits = post(server, "{\"a\": 1}", "X-Team", "blue");
      assertEquals(200, fits.statusCode(), fits.body());
      assertTrue(fits.body().contains(ProbeServlet.MARKER), fits.body());
      HttpResponse<String> lacks = post(server, "{\"b\": 1}", "X-Team", "blue");
      refused(400, lacks);
      assertEquals("$: required property 'a' not found", lacks.body().strip());
      refused(400, post(server, "{\"a\": 1}", "X-Other", "blue"));
    }
  }

  private static HttpResponse<String> post(TomcatServer server, String json, String... headers) {
    return server.send(
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)),
        "/a",
        headers);
  }

  private static void refused(int status, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertTrue(!answer.body().contains(ProbeServlet.MARKER), answer.body());
  }
}
