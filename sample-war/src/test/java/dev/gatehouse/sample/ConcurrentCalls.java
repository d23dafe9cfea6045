package dev.gatehouse.sample;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Many callers at once, each connection changing its identity with every request. */
final class ConcurrentCalls {
  static final int IDENTITIES = 20;

  private final URI base;
  private final AtomicInteger right = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

  ConcurrentCalls(URI base) {
    this.base = base;
  }

  /**
   * What came back.
   *
   * @param right answers that named the caller and no other
   * @param wrong all others
   * @param first one of the wrong answers, or empty
   */
  record Result(int right, int wrong, String first) {}

  static String name(int number) {
    return String.format("crowd-%02d", number % IDENTITIES);
  }

  Result call(int connections, int requests) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    CountDownLatch together = new CountDownLatch(connections);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int c = 0; c < connections; c++) {
        int first = c;
        all.add(threads.submit(() -> callRepeatedly(first, requests / connections, together)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    String sample = wrong.peek();
    return new Result(right.get(), wrong.size(), sample == null ? "" : sample);
  }

  private @Nullable Void callRepeatedly(int first, int requests, CountDownLatch together)
      throws Exception {
    Client ownConnection = new Client(base);
    together.countDown();
    together.await();
    for (int i = 0; i < requests; i++) {
      judge(ownConnection, name(first + i), i % 2 == 0 ? "/api/echo" : "/api/whoami");
    }
    return null;
  }

  private void judge(Client client, String caller, String path) throws Exception {
    HttpResponse<String> answer = client.get(path, "apikey", TestConsumers.key(caller));
    String body = answer.body();
    boolean named =
        path.endsWith("echo")
            ? body.contains("injected=" + caller + "\n") && body.contains("principal=" + caller)
            : body.contains("\"consumer\":\"" + caller + '"')
                && body.contains("\"principal\":\"" + caller + '"');
    int names = body.split("crowd-", -1).length - 1;
    int own = body.split(caller, -1).length - 1;
    if (answer.statusCode() == 200 && named && names == own) {
      right.incrementAndGet();
    } else {
      wrong.add(caller + " got " + answer.statusCode() + ' ' + body);
    }
  }
}
