package dev.gatehouse.internal.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.internal.runtime.ProbeServlet;
import dev.gatehouse.internal.runtime.TestApplications;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Identity, counting and permits over the dispatches of one request, on a real Tomcat. */
class DispatchTest {
  private static final int SLOTS = 3;

  private final AtomicInteger asked = new AtomicInteger();
  private final Semaphore slots = new Semaphore(SLOTS);
  private TomcatServer server;

  @BeforeEach
  void start(@TempDir Path documents) {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .interceptor(new Slot())
            .route(
                r ->
                    r.uri("/work/*")
                        .plugin("key-auth", "{\"hide_credentials\": true}")
                        .plugin("slot", "{}"))
            .route(r -> r.uri("/vault/*").plugin("key-auth", "{}").plugin("slot", "{}"))
            .consumer("acme", c -> c.credential("one", "key-auth", "{\"key\": \"good\"}"))
            .build();
    server =
        TomcatServer.start(
            "",
            documents,
            context -> {
              TestApplications.filter(context, "gate", filter, "/*");
              TestApplications.servlet(context, new ProbeServlet(), "/*");
              TestApplications.servlet(context, new Worker(), "/work/*");
              TestApplications.servlet(context, new Worker(), "/open/*");
              TestApplications.servlet(context, new ProbeServlet(), "/work/probe");
              ErrorPage page = new ErrorPage();
              page.setErrorCode(500);
              page.setLocation("/vault/error-page");
              context.addErrorPage(page);
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void normalEnd_releasesThePermit() {
    assertTrue(get("/work/probe").body().contains("consumer: acme"));
    assertAllReturned(1);
  }

  @Test
  void exceptionInTheServlet_releasesThePermitAndTheErrorPageSeesTheSameCaller() {
    HttpResponse<String> answer = get("/work/throw");
    assertEquals(500, answer.statusCode());
    assertTrue(answer.body().contains("dispatch: ERROR"), answer.body());
    assertTrue(answer.body().contains("consumer: acme"), answer.body());
    assertTrue(answer.body().contains("user: acme"), answer.body());
    assertFalse(answer.body().contains("root"), answer.body());
    assertFalse(answer.body().contains("good"), answer.body());
    assertAllReturned(2);
  }

  @Test
  void asyncDispatch_seesTheCallerAndCountsOnce() {
    HttpResponse<String> answer = get("/work/dispatch");
    assertTrue(answer.body().contains("dispatch: ASYNC"), answer.body());
    assertTrue(answer.body().contains("consumer: acme"), answer.body());
    assertTrue(answer.body().contains("user: acme"), answer.body());
    assertFalse(answer.body().contains("root"), answer.body());
    assertFalse(answer.body().contains("good"), answer.body());
    assertAllReturned(1);
  }

  @Test
  void asyncDispatchToAnotherRoute_isCheckedThereToo() {
    HttpResponse<String> answer = get("/work/dispatch?to=/vault/1");
    assertTrue(answer.body().contains("consumer: acme"), answer.body());
    assertAllReturned(2);
  }

  @Test
  void asyncDispatchFromAnOpenPath_isRefusedAtAProtectedOne() {
    HttpResponse<String> open = server.get("/open/dispatch?to=/public");
    assertTrue(open.body().contains(ProbeServlet.MARKER), "positive control: this path is open");
    HttpResponse<String> refused = server.get("/open/dispatch?to=/vault/1");
    assertFalse(refused.body().contains(ProbeServlet.MARKER), refused.body());
    assertEquals(401, refused.statusCode());
  }

  @Test
  void asyncComplete_releasesThePermitOnlyThen() throws Exception {
    assertEquals("done as acme", get("/work/complete").body());
    assertAllReturned(1);
  }

  @Test
  void asyncTimeout_releasesThePermit() {
    assertEquals(500, get("/work/timeout").statusCode());
    assertAllReturned(2);
  }

  @Test
  void asyncWhileRunning_holdsThePermit() throws Exception {
    Worker.entered.drainPermits();
    Worker.gate = new CountDownLatch(1);
    Thread caller = new Thread(() -> get("/work/wait"));
    caller.start();
    assertTrue(Worker.entered.tryAcquire(10, TimeUnit.SECONDS));
    assertEquals(SLOTS - 1, slots.availablePermits());
    Worker.gate.countDown();
    caller.join();
    assertAllReturned(1);
  }

  @Test
  void disconnectedClient_releasesThePermit() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write(
              "GET /work/flood HTTP/1.1\r\nHost: localhost\r\napikey: good\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertTrue(socket.getInputStream().read() >= 0);
      socket.setSoLinger(true, 0);
    }
    assertAllReturned(1);
  }

  private HttpResponse<String> get(String path) {
    return server.get(path, "apikey", "good", "X-Consumer-Username", "root");
  }

  /** The server may still be tidying up when the client has its answer. */
  private void assertAllReturned(int times) {
    try {
      assertTrue(slots.tryAcquire(SLOTS, 10, TimeUnit.SECONDS), "a permit was not given back");
      slots.release(SLOTS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    assertEquals(times, asked.get(), "interceptors run once per request and Route");
  }

  /** Holds one of few slots while a request runs. */
  private final class Slot implements ConsumerInterceptor<Boolean> {
    @Override
    public String name() {
      return "slot";
    }

    @Override
    public int priority() {
      return 1;
    }

    @Override
    public Boolean configure(SettingsReader settings, PluginServices parts) {
      return true;
    }

    @Override
    public Decision check(Boolean config, InterceptedRequest call) {
      asked.incrementAndGet();
      slots.acquireUninterruptibly();
      return Decision.Allow.holding(slots::release);
    }
  }

  /** Ends in every way a servlet can. */
  private static final class Worker extends HttpServlet {
    private static final long serialVersionUID = 1L;
    static final Semaphore entered = new Semaphore(0);
    static volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      switch (request.getPathInfo()) {
        case "/throw" -> throw new IllegalStateException("broken servlet");
        case "/dispatch" -> dispatch(request);
        case "/complete", "/wait" -> complete(request);
        case "/timeout" -> request.startAsync().setTimeout(1);
        case "/flood" -> flood(response);
        default -> response.sendError(404);
      }
    }

    private static void dispatch(HttpServletRequest request) {
      String to = request.getParameter("to");
      boolean again = request.getDispatcherType() == DispatcherType.ASYNC;
      request.startAsync().dispatch(to == null || again ? "/work/probe" : to);
    }

    private static void complete(HttpServletRequest request) {
      AsyncContext async = request.startAsync();
      Thread worker =
          new Thread(
              () -> {
                HttpServletRequest mine = (HttpServletRequest) async.getRequest();
                try {
                  entered.release();
                  gate.await();
                  async.getResponse().getWriter().print("done as " + mine.getRemoteUser());
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                async.complete();
              });
      worker.start();
    }

    private static void flood(HttpServletResponse response) throws IOException {
      byte[] block = new byte[1 << 16];
      for (int i = 0; i < 1 << 14; i++) {
        response.getOutputStream().write(block);
      }
    }
  }
}
