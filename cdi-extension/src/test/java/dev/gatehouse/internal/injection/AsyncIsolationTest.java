package dev.gatehouse.internal.injection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Consumer;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.Consumers;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jboss.weld.environment.servlet.EnhancedListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Weld leaves the request scope of an asynchronous request behind on the thread that started it,
 * and Tomcat may run another request's ASYNC dispatch there.
 */
class AsyncIsolationTest {
  @Test
  void asyncDispatchOnAThreadThatServedAnother_isNeverThatOther(@TempDir Path documents)
      throws Exception {
    try (TomcatServer server = start(documents)) {
      CompletableFuture<String> alice = hold(server, "alice");
      CompletableFuture<String> bob = hold(server, "bob");
      Holder.held("alice").dispatch();
      String toAlice = alice.get(20, TimeUnit.SECONDS);
      assertTrue(toAlice.endsWith(" in the request of alice"), toAlice);
      assertTrue(toAlice.startsWith("refused: No HTTP request is active on this thread"), toAlice);
      Holder.held("bob").dispatch();
      String toBob = bob.get(20, TimeUnit.SECONDS);
      assertTrue(toBob.endsWith(" in the request of bob"), toBob);
      assertEquals(
          "alice in the request of alice", server.get("/now", "apikey", "alice-key").body());
    }
  }

  private static CompletableFuture<String> hold(TomcatServer server, String caller)
      throws InterruptedException {
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(() -> server.get("/hold", "apikey", caller + "-key").body());
    assertTrue(Holder.ENTERED.tryAcquire(20, TimeUnit.SECONDS), "was not called");
    return answer;
  }

  /** One thread serves everything, so that each dispatch meets what the last one left. */
  private static TomcatServer start(Path documents) {
    ConsumerFilter filter =
        ConsumerFilter.builder()
            .route(r -> r.uri("/*").plugin("key-auth", "{}"))
            .consumer("alice", c -> c.credential("k", "key-auth", "{\"key\": \"alice-key\"}"))
            .consumer("bob", c -> c.credential("k", "key-auth", "{\"key\": \"bob-key\"}"))
            .build();
    return TomcatServer.start(
        "",
        documents,
        context -> {
          context.addServletContainerInitializer(new EnhancedListener(), null);
          FilterDef gate = new FilterDef();
          gate.setFilterName("gate");
          gate.setFilter(filter);
          gate.setFilterClass(filter.getClass().getName());
          gate.setAsyncSupported("true");
          context.addFilterDef(gate);
          FilterMap everything = new FilterMap();
          everything.setFilterName("gate");
          everything.addURLPattern("/*");
          everything.setDispatcher("REQUEST");
          everything.setDispatcher("ASYNC");
          context.addFilterMap(everything);
          Tomcat.addServlet(context, "holder", Holder.class.getName()).setAsyncSupported(true);
          context.addServletMappingDecoded("/*", "holder");
        },
        Map.of("maxThreads", "1", "minSpareThreads", "1"));
  }

  /** Holds a request until the test dispatches it. */
  public static final class Holder extends HttpServlet {
    private static final long serialVersionUID = 1L;
    static final Semaphore ENTERED = new Semaphore(0);
    private static final Map<String, AsyncContext> HELD = new ConcurrentHashMap<>();

    @Inject private transient Consumer consumer;

    /** Called by the container. */
    public Holder() {}

    static AsyncContext held(String caller) {
      return Objects.requireNonNull(HELD.get(caller));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String caller = Consumers.of(request).orElseThrow().username();
      if (request.getRequestURI().equals("/hold")
          && request.getDispatcherType() == DispatcherType.REQUEST) {
        HELD.put(caller, request.startAsync());
        ENTERED.release();
      } else {
        response.getWriter().print(injected() + " in the request of " + caller);
      }
    }

    private String injected() {
      try {
        return consumer.username();
      } catch (IllegalStateException refused) {
        return "refused: " + refused.getMessage();
      }
    }
  }
}
