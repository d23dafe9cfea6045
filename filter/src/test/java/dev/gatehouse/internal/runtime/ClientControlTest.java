package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the size limit of bodies with and without a Content-Length. */
class ClientControlTest {
  @TempDir private Path documents = Path.of("");

  private TomcatServer serving(String most) {
    return TestApplications.probe(
        documents,
        ConsumerFilter.builder()
            .route(r -> r.uri("/a").plugin("client-control", "{\"max_body_size\":" + most + "}"))
            .build());
  }

  @Test
  void body_thatSaysItsLength_isCheckedByIt() {
    try (TomcatServer server = serving("5")) {
      assertPasses(post(server, "Content-Length: 5\r\n", "12345"), "12345");
      assertRefused(post(server, "Content-Length: 6\r\n", "123456"));
      assertPasses(post(server, "Content-Length: 0\r\n", ""), "");
      assertPasses(post(server, "", ""), "");
    }
  }

  @Test
  void body_thatDoesNot_isReadAndReplayed_butNeverMoreThanTheLimit() {
    try (TomcatServer server = serving("5")) {
      String chunked = "Transfer-Encoding: chunked\r\n";
      assertPasses(post(server, chunked, "2\r\n12\r\n3\r\n345\r\n0\r\n\r\n"), "12345");
      assertRefused(post(server, chunked, "5\r\n12345\r\n1\r\n6\r\n0\r\n\r\n"));
      assertRefused(post(server, chunked, "6\r\n123456\r\n0\r\n\r\n"));
    }
  }

  @Test
  void zero_isNoLimit() {
    try (TomcatServer server = serving("0")) {
      assertPasses(post(server, "Content-Length: 6\r\n", "123456"), "123456");
      assertPasses(
          post(server, "Transfer-Encoding: chunked\r\n", "6\r\n123456\r\n0\r\n\r\n"), "123456");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "\"1m\"", "2147483648"})
  void limit_thatIsNone_isAProblem(String most) {
    ConfigException refused = assertThrows(ConfigException.class, () -> serving(most));
    assertTrue(
        String.valueOf(refused.getMessage())
            .contains("client-control.max_body_size: must be a whole number from 0 to 2147483639"),
        refused.getMessage());
  }

  private static String post(TomcatServer server, String headers, String body) {
    return server.raw(
        "POST /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nread-body: yes\r\n"
            + headers
            + "\r\n"
            + body);
  }

  private static void assertPasses(String answer, String body) {
    assertTrue(answer.contains(ProbeServlet.MARKER), answer);
    assertTrue(answer.contains("body: " + body + "\n"), answer);
  }

  private static void assertRefused(String answer) {
    assertFalse(answer.contains(ProbeServlet.MARKER), answer);
    assertEquals("413", answer.substring(9, 12), answer);
  }
}
