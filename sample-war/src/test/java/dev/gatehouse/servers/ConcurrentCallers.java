package dev.gatehouse.servers;

import dev.gatehouse.sample.Client;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many concurrent callers; each must be answered under its own name.
 *
 * @param connections how many call at once
 * @param callers how many names there are
 * @param requests how many requests all of them send
 */
record ConcurrentCallers(RunningServer server, int connections, int callers, int requests) {
  private static final List<String> PATHS =
      List.of(
          "/dispatch/sync",
          "/dispatch/forward",
          "/dispatch/include",
          "/dispatch/async",
          "/dispatch/async-arguments",
          "/dispatch/start",
          "/dispatch/thread",
          "/rest/suspended");

  /** Returns what did not answer as it must; at most a few of them, each with its answer. */
  List<String> mismatches() throws Exception {
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    AtomicInteger next = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(connections);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        all.add(pool.submit(() -> call(next, wrong)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      pool.shutdownNow();
    }
    return wrong.stream().limit(5).toList();
  }

  private void call(AtomicInteger next, Queue<String> wrong) {
    Client client = server.client("contract");
    for (int i = next.getAndIncrement(); i < requests; i = next.getAndIncrement()) {
      String caller = "crowd" + i % callers;
      String path = PATHS.get(i / callers % PATHS.size());
      try {
        String body = client.get(path, "apikey", caller + "-contract-key").body();
        if (!body.equals("protected " + caller + ' ' + caller)) {
          wrong.add(path + " as " + caller + ": " + body);
        }
      } catch (IOException e) {
        wrong.add(path + " as " + caller + ": " + e);
      }
    }
  }
}
