package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code uri-blocker} on a real server. */
class BlockedTargetTest {
  @TempDir private Path documents = Path.of("");

  private TomcatServer serving(String more) {
    return TestApplications.probe(
        documents,
        ConsumerFilter.builder()
            .route(
                r ->
                    r.uri("/*")
                        .plugin("uri-blocker", "{\"block_rules\":[\"^/internal\",\"a b\"]" + more))
            .build());
  }

  @ParameterizedTest
  @CsvSource({
    "/internal,403",
    "/%69nternal/x,403",
    "/in%74ernal?x=1,403",
    "/x?q=a+b,403",
    "/x?q=a%20b,403",
    "//internal,400",
    "/x/../internal,400",
    "/x?q=ab,200",
    "/x/internal,200",
  })
  void target_isBlockedHoweverItIsWritten(String target, int status) {
    try (TomcatServer server = serving("}")) {
      String answer = server.rawGet(target, "");
      assertEquals(String.valueOf(status), answer.substring(9, 12), answer);
      assertEquals(status == 200, answer.contains(ProbeServlet.MARKER), answer);
    }
  }

  @Test
  void message_equalsTheOneOfApisix() {
    try (TomcatServer server = serving(",\"rejected_code\":404,\"rejected_msg\":\"gone\"}")) {
      String answer = server.rawGet("/internal", "");
      assertTrue(answer.contains("{\"error_msg\":\"gone\"}"), answer);
      assertFalse(answer.contains(ProbeServlet.MARKER), answer);
      assertTrue(server.rawGet("/open", "").contains(ProbeServlet.MARKER));
    }
  }
}
