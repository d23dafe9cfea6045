package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.Consumers;
import jakarta.servlet.Filter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A filter of the application sets the user, and {@code acl} decides. */
class ExternalUserFilterTest {
  @TempDir private Path documents = Path.of("");

  @Test
  void acl_decidesByTheAttributeOfTheApplication() {
    Filter login =
        (request, response, chain) -> {
          if (request instanceof jakarta.servlet.http.HttpServletRequest http
              && http.getHeader("X-Test-Group") != null) {
            request.setAttribute(
                Consumers.EXTERNAL_USER, Map.of("groups", List.of(http.getHeader("X-Test-Group"))));
          }
          chain.doFilter(request, response);
        };
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(r -> r.uri("/a").plugin("acl", "{\"allow_labels\":{\"groups\":[\"staff\"]}}"))
            .build();
    try (TomcatServer server = TestApplications.probe(documents, login, filter)) {
      assertTrue(server.get("/a", "X-Test-Group", "staff").body().contains(ProbeServlet.MARKER));
      assertRefused(403, server.get("/a", "X-Test-Group", "guests"));
      assertRefused(
          401,
          server.get(
              "/a?dev.gatehouse.external_user=staff", "dev.gatehouse.external_user", "staff"));
    }
  }

  private static void assertRefused(int status, HttpResponse<String> answer) {
    assertFalse(answer.body().contains(ProbeServlet.MARKER), answer.body());
    assertEquals(status, answer.statusCode());
  }
}
