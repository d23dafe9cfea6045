package dev.gatehouse.internal.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.contract.TestClock;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.internal.runtime.ProbeServlet;
import dev.gatehouse.internal.runtime.TestApplications;
import dev.gatehouse.servlet.ConsumerFilter;
import dev.gatehouse.servlet.FilterBuilder;
import dev.gatehouse.spi.event.GateListener;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a request holds is given back when something around it fails. */
@Timeout(60)
class RequestPermitsTest {
  private static final String ONE_AT_A_TIME =
      "{\"conn\":1,\"burst\":0,\"default_conn_delay\":0.1,\"key\":\"consumer_name\"}";

  @TempDir private Path documents = Path.of("");
  private final TestClock still = new TestClock();

  private ConsumerFilter filter(UnaryOperator<FilterBuilder> more) {
    return more.apply(
            ConsumerFilter.builder()
                .ticker(still)
                .consumer("acme", c -> c.credential("main", "key-auth", "{\"key\":\"right\"}")))
        .build();
  }

  private TomcatServer serving(ConsumerFilter filter, Filter before) {
    return TomcatServer.start(
        "",
        documents,
        context -> {
          TestApplications.filter(context, "before", before, "/*");
          TestApplications.filter(context, "gate", filter, "/*");
          TestApplications.servlet(context, new ProbeServlet(), "/*");
        });
  }

  @Test
  void bodyThatCannotBeBuffered_releasesThePermit() {
    ConsumerFilter filter =
        filter(
            b ->
                b.route(
                    r ->
                        r.uri("/*")
                            .plugin("key-auth", "{}")
                            .plugin("limit-conn", ONE_AT_A_TIME)
                            .plugin("client-control", "{\"max_body_size\": 100}")));
    Filter before = (request, response, chain) -> chain.doFilter(deaf(request), response);
    try (TomcatServer server = serving(filter, before)) {
      HttpResponse<String> failed =
          server.send(
              HttpRequest.newBuilder()
                  .POST(
                      HttpRequest.BodyPublishers.ofInputStream(
                          () -> new java.io.ByteArrayInputStream(new byte[10]))),
              "/a",
              "apikey",
              "right",
              "fail",
              "yes");
      assertEquals(500, failed.statusCode());
      assertFalse(failed.body().contains(ProbeServlet.MARKER));
      assertTrue(server.get("/a", "apikey", "right").body().contains(ProbeServlet.MARKER));
    }
  }

  /** Returns a request whose body cannot be buffered if its client says so. */
  private static HttpServletRequest deaf(ServletRequest request) {
    return new HttpServletRequestWrapper((HttpServletRequest) request) {
      @Override
      public void setAttribute(String name, @Nullable Object value) {
        if (name.equals("dev.gatehouse.body") && getHeader("fail") != null) {
          throw new IllegalStateException("no room for a body");
        }
        super.setAttribute(name, value);
      }
    };
  }

  @Test
  void listenerThatBreaks_releasesThePermit() {
    AtomicBoolean breaks = new AtomicBoolean(true);
    GateListener broken =
        new GateListener() {
          @Override
          public void admitted(
              String route, @Nullable Consumer consumer, @Nullable Credential credential) {
            if (breaks.get()) {
              throw new NoClassDefFoundError("a library of the listener");
            }
          }
        };
    ConsumerFilter filter =
        filter(
            b ->
                b.listener(broken)
                    .route(
                        r ->
                            r.uri("/*")
                                .plugin("key-auth", "{}")
                                .plugin("limit-conn", ONE_AT_A_TIME)));
    try (TomcatServer server =
        serving(filter, (request, response, chain) -> chain.doFilter(request, response))) {
      assertEquals(500, server.get("/a", "apikey", "right").statusCode());
      breaks.set(false);
      assertTrue(server.get("/a", "apikey", "right").body().contains(ProbeServlet.MARKER));
    }
  }

  @Test
  void delayThatCannotStart_releasesThePlace() {
    ConsumerFilter filter =
        filter(
            b ->
                b.maxWaiting(1)
                    .route(
                        r ->
                            r.uri("/*")
                                .plugin("key-auth", "{}")
                                .plugin(
                                    "limit-req",
                                    "{\"rate\":20,\"burst\":9,\"key\":\"consumer_name\"}")));
    Filter before =
        (request, response, chain) ->
            chain.doFilter(
                ((HttpServletRequest) request).getHeader("fail") == null
                    ? request
                    : impatient(request),
                response);
    try (TomcatServer server = serving(filter, before)) {
      assertTrue(server.get("/a", "apikey", "right").body().contains("dispatch: REQUEST"));
      for (int i = 0; i < 3; i++) {
        assertEquals(500, server.get("/a", "apikey", "right", "fail", "yes").statusCode());
      }
      assertTrue(server.get("/a", "apikey", "right").body().contains("dispatch: ASYNC"));
    }
  }

  /** Returns a request whose asynchronous part cannot have a timeout. */
  private static HttpServletRequest impatient(ServletRequest request) {
    return new HttpServletRequestWrapper((HttpServletRequest) request) {
      @Override
      public AsyncContext startAsync(ServletRequest inner, ServletResponse response) {
        AsyncContext real = super.startAsync(inner, response);
        return (AsyncContext)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("setTimeout")) {
                    throw new IllegalStateException("no timeout here");
                  }
                  return method.invoke(real, arguments);
                });
      }
    };
  }

  @Test
  void waitingClientThatIsUnreachable_isReleased() throws Exception {
    ConsumerFilter filter =
        filter(
            b ->
                b.maxWaiting(1)
                    .route(
                        r ->
                            r.uri("/*")
                                .plugin("key-auth", "{}")
                                .plugin(
                                    "limit-req",
                                    "{\"rate\":0.001,\"burst\":9,\"key\":\"consumer_name\"}")));
    CompletableFuture<Void> begun = new CompletableFuture<>();
    Filter before =
        (request, response, chain) ->
            chain.doFilter(watched(request, begun), mute(request, response));
    try (TomcatServer server = serving(filter, before)) {
      assertTrue(server.get("/a", "apikey", "right").body().contains(ProbeServlet.MARKER));
      CompletableFuture<HttpResponse<String>> waiting =
          CompletableFuture.supplyAsync(() -> server.get("/a", "apikey", "right", "fail", "yes"));
      begun.get(20, TimeUnit.SECONDS);
      filter.destroy();
      assertFalse(waiting.get(20, TimeUnit.SECONDS).body().contains(ProbeServlet.MARKER));
    }
  }

  /** Returns a request that reports when it has become asynchronous. */
  private static HttpServletRequest watched(ServletRequest request, CompletableFuture<Void> begun) {
    return new HttpServletRequestWrapper((HttpServletRequest) request) {
      @Override
      public AsyncContext startAsync(ServletRequest inner, ServletResponse response) {
        AsyncContext started = super.startAsync(inner, response);
        begun.complete(null);
        return started;
      }
    };
  }

  /** Returns a response that takes no body if the request asks for that. */
  private static HttpServletResponse mute(ServletRequest request, ServletResponse response) {
    boolean fails = ((HttpServletRequest) request).getHeader("fail") != null;
    return new HttpServletResponseWrapper((HttpServletResponse) response) {
      @Override
      public ServletOutputStream getOutputStream() throws IOException {
        if (fails) {
          throw new IOException("the client is gone");
        }
        return super.getOutputStream();
      }
    };
  }
}
