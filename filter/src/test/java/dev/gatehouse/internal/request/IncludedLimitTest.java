package dev.gatehouse.internal.request;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TestClock;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.internal.runtime.TestApplications;
import dev.gatehouse.servlet.ConsumerFilter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Limits that delay requests, on a path that an open servlet includes. */
@Timeout(60)
class IncludedLimitTest {
  private static final String MARKER = "the included servlet";
  private static final String BEFORE = "before the include\n";
  private static final String AFTER = "after the include\n";

  private final Semaphore entered = new Semaphore(0);
  private CountDownLatch gate = new CountDownLatch(0);
  @TempDir private Path documents = Path.of("");

  @Test
  void includeAheadOfItsRate_proceedsAtOnce_andOneBeyondTheBurstDoesNotRun() {
    try (TomcatServer server =
        serving("limit-req", "{\"rate\":0.001,\"burst\":2,\"key\":\"consumer_name\"}")) {
      for (int i = 0; i < 3; i++) {
        assertIncluded(server.get("/open", "apikey", "right").body());
      }
      assertNotIncluded(server.get("/open", "apikey", "right").body());
    }
  }

  @Test
  void includeWithoutASlot_doesNotRun() throws Exception {
    gate = new CountDownLatch(1);
    String settings =
        "{\"conn\":1,\"burst\":1,\"default_conn_delay\":99,\"key\":\"consumer_name\"}";
    try (TomcatServer server = serving("limit-conn", settings)) {
      List<CompletableFuture<String>> running = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        running.add(
            CompletableFuture.supplyAsync(() -> server.get("/open", "apikey", "right").body()));
      }
      assertTrue(entered.tryAcquire(2, 20, TimeUnit.SECONDS), "the second one is not delayed");
      assertNotIncluded(server.get("/open", "apikey", "right").body());
      gate.countDown();
      running.forEach(body -> assertIncluded(body.join()));
    }
  }

  private TomcatServer serving(String plugin, String settings) {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .ticker(new TestClock())
            .maxWaiting(100)
            .route(r -> r.uri("/a").plugin("key-auth", "{}").plugin(plugin, settings))
            .consumer("acme", c -> c.credential("main", "key-auth", "{\"key\":\"right\"}"))
            .build();
    return TomcatServer.start(
        "",
        documents,
        context -> {
          TestApplications.filter(context, "gate", filter, "/*");
          FilterMap mapping = new FilterMap();
          mapping.setFilterName("gate");
          mapping.addURLPattern("/*");
          mapping.setDispatcher("INCLUDE");
          context.addFilterMap(mapping);
          TestApplications.servlet(context, new Includer(), "/open");
          TestApplications.servlet(context, new Slow(), "/a");
        });
  }

  private static void assertIncluded(String body) {
    assertTrue(body.startsWith(BEFORE) && body.endsWith(AFTER), body);
    assertTrue(body.contains(MARKER + " by INCLUDE as acme"), body);
  }

  private static void assertNotIncluded(String body) {
    assertTrue(body.endsWith(AFTER), body);
    assertFalse(body.contains(MARKER), body);
  }

  /** Writes a line, includes a protected path, and writes another line. */
  private static final class Includer extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      response.getWriter().print(BEFORE);
      request.getRequestDispatcher("/a").include(request, response);
      response.getWriter().print(AFTER);
    }
  }

  /** Enters, waits for the gate, and says that it ran. */
  private final class Slow extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      entered.release();
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      String dispatch = request.getDispatcherType() + " as " + request.getRemoteUser();
      response.getWriter().println(MARKER + " by " + dispatch);
    }
  }
}
