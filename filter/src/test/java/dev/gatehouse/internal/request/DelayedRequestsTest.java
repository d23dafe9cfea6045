package dev.gatehouse.internal.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatehouse.contract.TestClock;
import dev.gatehouse.contract.TomcatServer;
import dev.gatehouse.internal.runtime.ProbeServlet;
import dev.gatehouse.internal.runtime.TestApplications;
import dev.gatehouse.servlet.ConsumerFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.catalina.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests delayed requests: their identity, what they occupy, and what ends the delay. */
@Timeout(60)
class DelayedRequestsTest {
  private static final String[] KEY = {"apikey", "right", "X-Consumer-Username", "root"};
  @TempDir private Path documents = Path.of("");
  private final TestClock still = new TestClock();

  /** Allows one request a second with a burst of five; the clock of the limit does not move. */
  private ConsumerFilter filter(String plugin, String settings) {
    return room(1_000, plugin, settings);
  }

  private ConsumerFilter room(int most, String plugin, String settings) {
    return ConsumerFilter.builder()
        .ticker(still)
        .maxWaiting(most)
        .route(
            r ->
                r.uri("/a")
                    .plugin("key-auth", "{\"hide_credentials\":true}")
                    .plugin(plugin, settings))
        .route(r -> r.uri("/free").plugin("key-auth", "{}"))
        .consumer("acme", c -> c.credential("main", "key-auth", "{\"key\":\"right\"}"))
        .build();
  }

  private ConsumerFilter fiveAhead(int rate) {
    return filter("limit-req", "{\"rate\":" + rate + ",\"burst\":5,\"key\":\"consumer_name\"}");
  }

  private TomcatServer serving(ConsumerFilter filter, String dispatcher) {
    return TomcatServer.start(
        "",
        documents,
        context -> application(context, filter, dispatcher),
        Map.of("maxThreads", "2", "minSpareThreads", "1"));
  }

  private static void application(Context context, ConsumerFilter filter, String dispatcher) {
    var definition = TestApplications.filter(context, "gate", filter, "/*");
    definition.setAsyncSupported(String.valueOf(!dispatcher.equals("SYNC")));
    if (dispatcher.equals("REQUEST")) {
      context.removeFilterMap(context.findFilterMaps()[0]);
      var mapping = new org.apache.tomcat.util.descriptor.web.FilterMap();
      mapping.setFilterName(definition.getFilterName());
      mapping.addURLPattern("/*");
      mapping.setDispatcher("REQUEST");
      context.addFilterMap(mapping);
    }
    TestApplications.servlet(context, new ProbeServlet(), "/*");
  }

  @Test
  void delayedRequest_continuesAsTheSameCaller_withoutAThreadMeanwhile() {
    try (TomcatServer server = serving(fiveAhead(2), "ASYNC")) {
      assertTrue(server.get("/a", KEY).body().contains("dispatch: REQUEST"));
      List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        waiting.add(CompletableFuture.supplyAsync(() -> server.get("/a", KEY)));
      }
      for (int i = 0; i < 20; i++) {
        assertTrue(server.get("/free", KEY).body().contains("consumer: acme"), "two threads serve");
      }
      assertFalse(
          waiting.stream().allMatch(CompletableFuture::isDone), "some requests are still delayed");
      for (CompletableFuture<HttpResponse<String>> one : waiting) {
        String body = one.join().body();
        assertTrue(body.contains("dispatch: ASYNC"), body);
        assertTrue(body.contains("consumer: acme"), body);
        assertTrue(body.contains("user: acme"), body);
        assertFalse(body.contains("root"), body);
        assertFalse(body.contains("right"), body);
      }
      HttpResponse<String> refused = server.get("/a", KEY);
      assertEquals(429, refused.statusCode());
      assertFalse(refused.body().contains(ProbeServlet.MARKER));
    }
  }

  /** A dispatch ends the delay. A filter that is mapped to REQUEST only must still guard it. */
  @Test
  void filterMappedToRequestsOnly_stillWrapsDelayedRequests() {
    try (TomcatServer server = serving(fiveAhead(50), "REQUEST")) {
      server.get("/a", KEY);
      String body = server.get("/a", KEY).body();
      assertTrue(body.contains("consumer: acme"), body);
      assertTrue(body.contains("get x-consumer-username: acme [acme]"), body);
      assertFalse(body.contains("root"), body);
      assertFalse(body.contains("right"), body);
    }
  }

  @Test
  void requestWithoutAsyncSupport_proceedsAtOnce() {
    try (TomcatServer server = serving(fiveAhead(1), "SYNC")) {
      for (int i = 0; i < 6; i++) {
        assertTrue(server.get("/a", KEY).body().contains("dispatch: REQUEST"));
      }
      assertEquals(429, server.get("/a", KEY).statusCode());
    }
  }

  @Test
  void withoutRoom_noRequestWaits_andTheBurstStillApplies() {
    String settings = "{\"rate\":1,\"burst\":5,\"key\":\"consumer_name\"}";
    try (TomcatServer server = serving(room(0, "limit-req", settings), "ASYNC")) {
      for (int i = 0; i < 6; i++) {
        assertTrue(server.get("/a", KEY).body().contains("dispatch: REQUEST"));
      }
      assertEquals(429, server.get("/a", KEY).statusCode());
    }
  }

  @Test
  void slotOfAWaitingRequest_isReleasedOnceWhenItIsOver() {
    ConsumerFilter one =
        filter(
            "limit-conn",
            "{\"conn\":1,\"burst\":1,\"default_conn_delay\":0.05,\"key\":\"consumer_name\"}");
    try (TomcatServer server = serving(one, "ASYNC")) {
      for (int round = 0; round < 20; round++) {
        List<CompletableFuture<HttpResponse<String>>> both = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          both.add(CompletableFuture.supplyAsync(() -> server.get("/a", KEY)));
        }
        both.forEach(
            answer -> assertTrue(answer.join().body().contains("consumer: acme"), "has room"));
      }
    }
  }

  @Test
  void fullQueue_refusesAsTheLimitDoes_andAClosedOneAnswers503() throws Exception {
    ConsumerFilter slow =
        ConsumerFilter.builder()
            .ticker(still)
            .maxWaiting(2)
            .route(
                r ->
                    r.uri("/a")
                        .plugin("key-auth", "{}")
                        .plugin(
                            "limit-req", "{\"rate\":0.001,\"burst\":99,\"key\":\"consumer_name\"}"))
            .consumer("acme", c -> c.credential("main", "key-auth", "{\"key\":\"right\"}"))
            .build();
    try (TomcatServer server = serving(slow, "ASYNC")) {
      assertTrue(server.get("/a", KEY).body().contains("consumer: acme"));
      List<CompletableFuture<HttpResponse<String>>> three = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        three.add(CompletableFuture.supplyAsync(() -> server.get("/a", KEY)));
      }
      CompletableFuture.anyOf(three.toArray(CompletableFuture[]::new)).join();
      List<HttpResponse<String>> refused =
          three.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join).toList();
      assertEquals(1, refused.size());
      assertEquals(429, refused.get(0).statusCode());
      assertFalse(refused.get(0).body().contains(ProbeServlet.MARKER));

      slow.destroy();

      for (CompletableFuture<HttpResponse<String>> one : three) {
        assertTrue(List.of(429, 503).contains(one.join().statusCode()));
        assertFalse(one.join().body().contains(ProbeServlet.MARKER));
      }
      assertTrue(
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals("gatehouse-waiting"))
              .allMatch(DelayedRequestsTest::ends),
          "no thread is left");
    }
  }

  @Test
  void fiveHundredWaitingRequests_blockNoOtherRequest() {
    ConsumerFilter slow =
        ConsumerFilter.builder()
            .ticker(still)
            .maxWaiting(1_000)
            .route(
                r ->
                    r.uri("/a")
                        .plugin("key-auth", "{}")
                        .plugin(
                            "limit-req",
                            "{\"rate\":0.001,\"burst\":999,\"key\":\"consumer_name\"}"))
            .route(r -> r.uri("/free").plugin("key-auth", "{}"))
            .consumer("acme", c -> c.credential("main", "key-auth", "{\"key\":\"right\"}"))
            .build();
    try (TomcatServer server = serving(slow, "ASYNC")) {
      assertEquals(200, server.get("/a", KEY).statusCode());
      List<Socket> waiting = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        waiting.add(asking(server.port()));
      }
      for (int i = 0; i < 100; i++) {
        assertTrue(server.get("/free", KEY).body().contains("consumer: acme"), "two threads serve");
      }
      slow.destroy();
      for (Socket one : waiting) {
        String answer = answer(one);
        assertTrue(answer.startsWith("HTTP/1.1 503"), "it was still waiting: " + answer);
        assertFalse(answer.contains(ProbeServlet.MARKER), answer);
      }
    }
  }

  private static Socket asking(int port) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              "GET /a HTTP/1.1\r\nHost: a\r\napikey: right\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String answer(Socket asked) {
    try (asked) {
      return new String(asked.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean ends(Thread thread) {
    try {
      thread.join(10_000);
      return !thread.isAlive();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
