package dev.gatehouse.internal.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.admin.AdminServlet;
import dev.gatehouse.internal.admin.Administration;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.store.Stores;
import jakarta.servlet.DispatcherType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

/** What a filter that is made in code can do, on an embedded Jetty. */
class CodeFilterJettyTest {
  /** Of the key that the test presents. */
  private static final String ADMIN_SHA256 = CodeFilterTest.sha256("admin-key-of-the-test");

  private final HttpClient client = HttpClient.newHttpClient();

  /** A request to one server. */
  private interface Exchange {
    void with(String base) throws Exception;
  }

  private static ConsumerFilter filter(RateLimiter counters) {
    return ConsumerFilter.builder()
        .configuration("classpath:code-filter.yaml")
        .plugin("limit-count", "{\"count\": 2, \"time_window\": 600, \"key\": \"consumer_name\"}")
        .counters(counters)
        .viewerKey("ops", ADMIN_SHA256)
        .build();
  }

  private static void serve(ConsumerFilter filter, Exchange exchange) throws Exception {
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    ServletContextHandler context = new ServletContextHandler("/");
    FilterHolder held = new FilterHolder(filter);
    held.setAsyncSupported(true);
    context.addFilter(held, "/*", EnumSet.allOf(DispatcherType.class));
    context.addServlet(new ServletHolder(new ProbeServlet()), "/*");
    context.addServlet(new ServletHolder(new AdminServlet()), "/admin/*");
    server.setHandler(context);
    server.start();
    try {
      int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
      exchange.with("http://127.0.0.1:" + port);
    } finally {
      server.stop();
    }
    assertEquals(null, context.getServletContext().getAttribute(Administration.ATTRIBUTE));
  }

  private HttpResponse<String> get(String url, String header, String value) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).header(header, value).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void filter_hasConfigurationCountersAndAdminApi() throws Exception {
    RateLimiter counters = Stores.localLimits(100);
    for (int status : new int[] {200, 200, 429}) {
      serve(
          filter(counters),
          base -> {
            HttpResponse<String> refused = get(base + "/orders", "apikey", "wrong");
            assertEquals(401, refused.statusCode());
            assertFalse(refused.body().contains(ProbeServlet.MARKER), refused.body());
            HttpResponse<String> answer = get(base + "/orders", "apikey", "acme-key");
            assertEquals(status, answer.statusCode(), answer.body());
            assertEquals(status == 200, answer.body().contains(ProbeServlet.MARKER), answer.body());
            HttpResponse<String> listed =
                get(base + "/admin/consumers", "X-API-KEY", "admin-key-of-the-test");
            assertEquals(200, listed.statusCode(), listed.body());
            assertTrue(listed.body().contains("acme"), listed.body());
            assertEquals(401, get(base + "/admin/consumers", "X-API-KEY", "no").statusCode());
          });
    }
  }
}
