package dev.gatehouse.internal.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.ConfigException;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.internal.runtime.ProbeServlet;
import dev.gatehouse.internal.runtime.TestApplications;
import dev.gatehouse.servlet.ConsumerFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which proxies are trusted with the client address, on a real server. */
class ClientAddressTest {
  private static final String ALLOWED = "{\"whitelist\":[\"203.0.113.7\",\"2001:db8::/32\"]}";
  @TempDir private Path documents = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.7|true",
        "198.51.100.1, 203.0.113.7|true",
        "203.0.113.7, 198.51.100.1|false",
        "203.0.113.7, 10.0.0.9|true",
        "203.0.113.7,10.0.0.9 ,  127.0.0.1|true",
        "203.0.113.7, 198.51.100.1, 10.0.0.9|false",
        "2001:db8::1|true",
        "::ffff:203.0.113.7|true",
        "203.0.113.7, |true",
        ", 203.0.113.7|true",
        "203.0.113.7,, ,\t10.0.0.9,|true",
        "198.51.100.1, 203.0.113.7,|true",
        "203.0.113.7:443|true",
        "203.0.113.7:49152, 10.0.0.9:8080|true",
        "198.51.100.1:443|false",
        "203.0.113.7:443, 198.51.100.1:443|false",
        "[2001:db8::1]|true",
        "[2001:db8::1]:49152|true",
        "203.0.113.7:|false",
        "203.0.113.7:65536|false",
        "203.0.113.7:+443|false",
        "203.0.113.7:443:443|false",
        "203.0.113.7 :443|false",
        "[203.0.113.7]|false",
        "[203.0.113.7]:443|false",
        "[2001:db8::1|false",
        "[2001:db8::1]443|false",
        "[2001:db8::1%eth0]|false",
        "\"203.0.113.7\"|false",
        "203.0.113.7 198.51.100.1|false",
        "203.0.113.7, unknown|false",
        "unknown, 203.0.113.7|true",
        "10.0.0.9|false",
        "''|false",
      })
  void trustedPeer_yieldsTheRightmostUntrustedHop(String sent, boolean passes) {
    try (TomcatServer server = serving("127.0.0.1", "10.0.0.0/8")) {
      String answer = server.rawGet("/a", "X-Forwarded-For: " + sent + "\r\n");
      assertEquals(passes, answer.contains(ProbeServlet.MARKER), answer);
      assertEquals(!passes, answer.contains("Your IP address is not allowed"), answer);
    }
  }

  /** RFC 7239 is read strictly, so that all readers agree about the end of the list. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "for=203.0.113.7|true",
        "FOR=203.0.113.7;proto=https|true",
        "proto=https;for=\"203.0.113.7:4711\";by=10.0.0.9|true",
        "for=198.51.100.1, for=203.0.113.7|true",
        "for=203.0.113.7, for=198.51.100.1|false",
        "for=203.0.113.7, for=10.0.0.9|true",
        "for=203.0.113.7,for=10.0.0.9;by=_secret ,\tfor=127.0.0.1|true",
        "for=\"[2001:db8::1]\"|true",
        "for=\"[2001:db8::1]:443\"|true",
        "for=\"[::ffff:203.0.113.7]\"|true",
        "for=unknown, for=203.0.113.7|true",
        "for=203.0.113.7, for=unknown|false",
        "for=203.0.113.7, for=_hidden|false",
        "for=203.0.113.7, proto=https|false",
        "for=203.0.113.7;for=198.51.100.1|false",
        "for=\", for=203.0.113.7|false",
        "for=\"x\\\", for=203.0.113.7|false",
        "for=203.0.113.7, |true",
        ", for=203.0.113.7|true",
        "for=203.0.113.7,, ,for=10.0.0.9|true",
        "for=203.0.113.7;, |false",
        "for=\"203.0.113.7:_hidden\"|true",
        "for=\"203.0.113.7:65536\"|false",
        "for=\"[203.0.113.7]\"|false",
        "for=\"_hidden:443\"|false",
        "for=203.0.113.7; proto=https|false",
        "for = 203.0.113.7|false",
        "for=[2001:db8::1]|false",
        "for=\"2001:db8::1\"|false",
        "for=\"203.0.113.7:port\"|false",
        "203.0.113.7|false",
      })
  void forwarded_isReadStrictly(String sent, boolean passes) {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .trustedProxies("127.0.0.1", "10.0.0.0/8")
            .forwardedHeader()
            .route(r -> r.uri("/a").plugin("ip-restriction", ALLOWED))
            .build();
    try (TomcatServer server = TestApplications.probe(documents, filter)) {
      String answer = server.rawGet("/a", "Forwarded: " + sent + "\r\n");
      assertEquals(passes, answer.contains(ProbeServlet.MARKER), answer);
      assertEquals(!passes, answer.contains("Your IP address is not allowed"), answer);
      String other = server.rawGet("/a", "X-Forwarded-For: 203.0.113.7\r\n");
      assertFalse(other.contains(ProbeServlet.MARKER), "the other header is not looked at");
    }
  }

  @Test
  void forwarded_isNotLookedAt_unlessItIsTheHeader() {
    try (TomcatServer server = serving("127.0.0.1")) {
      assertFalse(
          server.rawGet("/a", "Forwarded: for=203.0.113.7\r\n").contains(ProbeServlet.MARKER));
    }
  }

  @Test
  void severalHeaderLines_areOneList() {
    try (TomcatServer server = serving("127.0.0.1")) {
      String first = "X-Forwarded-For: 203.0.113.7\r\n";
      String second = "X-Forwarded-For: 198.51.100.1\r\n";
      assertFalse(server.rawGet("/a", first + second).contains(ProbeServlet.MARKER));
      assertTrue(server.rawGet("/a", second + first).contains(ProbeServlet.MARKER));
    }
  }

  /** Some servers expose trailer fields as headers once the body was read. */
  @Test
  void trailer_isIgnored_evenAfterThePluginHasReadTheBody() {
    Filter trailers = (request, response, chain) -> chain.doFilter(new Late(request), response);
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .trustedProxies("127.0.0.1")
            .route(
                r ->
                    r.uri("/a")
                        .plugin("client-control", "{\"max_body_size\":100}")
                        .plugin("ip-restriction", ALLOWED))
            .build();
    try (TomcatServer server = TestApplications.probe(documents, trailers, filter)) {
      assertFalse(chunked(server, "198.51.100.1", "203.0.113.7").contains(ProbeServlet.MARKER));
      assertTrue(chunked(server, "203.0.113.7", "198.51.100.1").contains(ProbeServlet.MARKER));
    }
  }

  private static String chunked(TomcatServer server, String header, String late) {
    return server.raw(
        "POST /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: "
            + header
            + "\r\nLate: "
            + late
            + "\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n");
  }

  /** A request whose {@code X-Forwarded-For} grows when its body is read. */
  private static final class Late extends HttpServletRequestWrapper {
    private boolean read;

    Late(ServletRequest request) {
      super((HttpServletRequest) request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      read = true;
      return super.getInputStream();
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      List<String> values = new ArrayList<>(Collections.list(super.getHeaders(name)));
      if (read && name.equalsIgnoreCase("X-Forwarded-For")) {
        values.add(super.getHeader("Late"));
      }
      return Collections.enumeration(values);
    }
  }

  @Test
  void untrustedPeer_isIgnored() {
    for (List<String> trusted : List.of(List.<String>of(), List.of("10.0.0.0/8"))) {
      try (TomcatServer server = serving(trusted.toArray(String[]::new))) {
        String answer = server.rawGet("/a", "X-Forwarded-For: 203.0.113.7\r\n");
        assertFalse(answer.contains(ProbeServlet.MARKER), answer);
        assertTrue(answer.contains("Your IP address is not allowed"), answer);
      }
    }
  }

  @Test
  void otherHeaders_areIgnored() {
    try (TomcatServer server = serving("127.0.0.1")) {
      for (String header :
          List.of("X-Real-IP", "X-Client-IP", "True-Client-IP", "Forwarded", "Client-IP")) {
        String value = header.equals("Forwarded") ? "for=203.0.113.7" : "203.0.113.7";
        assertFalse(
            server.rawGet("/a", header + ": " + value + "\r\n").contains(ProbeServlet.MARKER));
      }
      assertTrue(
          server.rawGet("/a", "X-Forwarded-For: 203.0.113.7\r\n").contains(ProbeServlet.MARKER));
    }
  }

  @Test
  void limit_countsTheClientAndNotTheProxy() {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .trustedProxies("127.0.0.1")
            .route(r -> r.uri("/a").plugin("limit-count", "{\"count\":1,\"time_window\":60}"))
            .build();
    try (TomcatServer server = TestApplications.probe(documents, filter)) {
      assertTrue(
          server.rawGet("/a", "X-Forwarded-For: 203.0.113.7\r\n").contains(ProbeServlet.MARKER));
      assertFalse(
          server
              .rawGet("/a", "X-Forwarded-For: ::ffff:203.0.113.7\r\n")
              .contains(ProbeServlet.MARKER));
      assertTrue(
          server.rawGet("/a", "X-Forwarded-For: 203.0.113.8\r\n").contains(ProbeServlet.MARKER));
    }
  }

  @Test
  void invalidProxyAddress_isRefused() {
    ConfigException refused =
        assertThrows(ConfigException.class, () -> filter("proxy.example", "10.0.0.1/8"));
    assertTrue(
        String.valueOf(refused.getMessage())
            .contains("trustedProxies: \"proxy.example\" must be an IPv4 or IPv6 address"),
        refused.getMessage());
    assertTrue(
        String.valueOf(refused.getMessage()).contains("\"10.0.0.1/8\" has bits behind its prefix"),
        refused.getMessage());
  }

  private TomcatServer serving(String... trusted) {
    return TestApplications.probe(documents, filter(trusted));
  }

  private static ConsumerFilter filter(String... trusted) {
    return ConsumerFilter.builder()
        .trustedProxies(trusted)
        .route(r -> r.uri("/a").plugin("ip-restriction", ALLOWED))
        .build();
  }
}
