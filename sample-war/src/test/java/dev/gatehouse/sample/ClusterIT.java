package dev.gatehouse.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The sample on two real Payara Micro nodes: one limit over both, and one of them dies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {
  private static final String WHOAMI = "/api/whoami";
  private static final String ACME = "acme-demo-key-7Qd2";
  private static final String GLOBEX = "globex-demo-key-x4Tn";
  private static final int LIMIT = 3000;
  private static final int WINDOW_MILLIS = 10_000;

  private final PayaraNodes nodes;
  private final Client one;
  private final Client other;

  ClusterIT() throws Exception {
    nodes =
        PayaraNodes.start(
            Path.of(System.getProperty("sample.war")),
            MicroServer.freePort(),
            MicroServer.freePort());
    one = new Client(nodes.node(0).base().resolve("/sample/"));
    other = new Client(nodes.node(1).base().resolve("/sample/"));
  }

  @AfterAll
  void stop() {
    nodes.close();
  }

  @Test
  @Order(1)
  void consumersLimit_holdsOverBothNodes() throws IOException {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Client next = i % 2 == 0 ? one : other;
      HttpResponse<String> answer = next.get(WHOAMI, "apikey", GLOBEX);
      statuses.add(answer.statusCode());
      assertEquals(answer.statusCode() == 200, answer.body().contains("globex"), answer.body());
    }
    assertEquals(
        List.of(200, 200, 200, 200, 200, 429, 429, 429, 429, 429), statuses, statuses::toString);
    assertEquals(401, other.get(WHOAMI, "apikey", "wrong").statusCode());
  }

  /** Two processes on one database: a change at one takes effect at the other within a second. */
  @Test
  @Order(1)
  void revocationOnOneNode_isSeenByTheOtherWithinASecond() throws IOException {
    String jack = "/admin/consumers/jack";
    assertEquals(201, admin("PUT", jack, "{\"username\":\"jack\"}"));
    long worst = 0;
    for (int i = 0; i < 20; i++) {
      String key = "the-key-of-jack-" + i;
      String body = "{\"name\":\"main\",\"plugins\":{\"key-auth\":{\"key\":\"" + key + "\"}}}";
      assertEquals(201, admin("PUT", jack + "/credentials/k1", body));
      worst = Math.max(worst, waited(other, key, 200));
      assertEquals(200, admin("DELETE", jack + "/credentials/k1", ""));
      assertEquals(401, one.get(WHOAMI, "apikey", key).statusCode(), "here at once");
      worst = Math.max(worst, waited(other, key, 401));
    }
    assertTrue(worst < 1_000_000_000L, worst + " ns");
  }

  private int admin(String method, String path, String json) throws IOException {
    return one.send(method, path, json, "X-API-KEY", "demo-admin-key-Vn3k8Tq1").statusCode();
  }

  private static long waited(Client node, String key, int status) throws IOException {
    long begun = System.nanoTime();
    int last = 0;
    while (System.nanoTime() - begun < 5_000_000_000L) {
      last = node.get(WHOAMI, "apikey", key).statusCode();
      if (last == status) {
        return System.nanoTime() - begun;
      }
    }
    throw new AssertionError("not within 5 s, but " + last);
  }

  /**
   * One answer of a node.
   *
   * @param window the window of the clock in which it was admitted, by its headers
   */
  private record Answer(int status, long window) {}

  @Test
  @Order(2)
  void node_thatDiesUnderLoad_breaksNeitherTheLimitNorTheOtherNode() throws Exception {
    CountDownLatch half = new CountDownLatch(1);
    long end = System.nanoTime() + 25_000_000_000L;
    ExecutorService pool = Executors.newFixedThreadPool(6);
    List<Future<List<Answer>>> living = new ArrayList<>();
    List<Future<List<Answer>>> dying = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      living.add(pool.submit(calls(one, end, half)));
      dying.add(pool.submit(calls(other, end, half)));
    }
    half.await();
    nodes.node(1).kill();
    List<Answer> fromLiving = all(living);
    List<Answer> fromBoth = new ArrayList<>(fromLiving);
    fromBoth.addAll(all(dying));
    pool.shutdown();

    Map<Integer, Long> statuses =
        fromLiving.stream().collect(Collectors.groupingBy(Answer::status, Collectors.counting()));
    assertTrue(statuses.getOrDefault(200, 0L) > 100, "positive control: " + statuses);
    assertTrue(statuses.keySet().stream().allMatch(s -> s == 200 || s == 429), statuses::toString);
    Map<Long, Long> admitted =
        fromBoth.stream()
            .filter(answer -> answer.status() == 200)
            .collect(Collectors.groupingBy(Answer::window, Collectors.counting()));
    assertFalse(admitted.isEmpty());
    admitted.values().forEach(n -> assertTrue(n <= LIMIT, admitted::toString));
    assertEquals(429, exhausted(one), "the living node still counts");
  }

  /** Calls until the time is over, or the node is. */
  private static Callable<List<Answer>> calls(Client node, long end, CountDownLatch half) {
    return () -> {
      List<Answer> answers = new ArrayList<>();
      try {
        while (System.nanoTime() < end) {
          answers.add(answer(node.get(WHOAMI, "apikey", ACME)));
          if (answers.size() == 500) {
            half.countDown();
          }
        }
      } catch (IOException dead) {
        half.countDown();
      }
      return answers;
    };
  }

  private static Answer answer(HttpResponse<String> answer) {
    double reset =
        answer.headers().firstValue("X-RateLimit-Reset").map(Double::parseDouble).orElse(0d);
    long end = System.currentTimeMillis() + Math.round(reset * 1000);
    return new Answer(answer.statusCode(), Math.round(end / (double) WINDOW_MILLIS));
  }

  private static int exhausted(Client node) throws IOException {
    int status = 200;
    for (int i = 0; i <= LIMIT && status == 200; i++) {
      status = node.get(WHOAMI, "apikey", ACME).statusCode();
    }
    return status;
  }

  private static List<Answer> all(List<Future<List<Answer>>> running) throws Exception {
    List<Answer> all = new ArrayList<>();
    for (Future<List<Answer>> one : running) {
      all.addAll(one.get());
    }
    return all;
  }
}
