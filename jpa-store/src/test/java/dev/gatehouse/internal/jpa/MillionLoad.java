package dev.gatehouse.internal.jpa;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.contract.ConcurrentTasks;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.contract.Heap;
import dev.gatehouse.internal.store.cache.Caching;
import dev.gatehouse.jpa.JpaConsumerStores;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.ConsumerRepository.Search;
import dev.gatehouse.spi.store.LookupKey;
import io.agroal.api.AgroalDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A million Consumers with a Credential each in PostgreSQL: how long they take to come in and to be
 * found, and what a change costs. The number can be given as an argument.
 */
public final class MillionLoad {
  private static final int BATCH = 10_000;
  private static final int LOOKUPS = 20_000;
  private static final PluginSet GOLD =
      PluginSet.of(
          Map.of("limit-count", PluginSettings.of(Map.of("count", 100, "time_window", 60))));

  private final ConsumerRepository store;
  private final AgroalDataSource pool;
  private final int consumers;

  private MillionLoad(ConsumerRepository store, AgroalDataSource pool, int consumers) {
    this.store = store;
    this.pool = pool;
    this.consumers = consumers;
  }

  /** Prints a line per question. */
  public static void main(String[] arguments) throws Exception {
    int consumers = arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]);
    try (EmbeddedPostgres server = EmbeddedPostgres.start();
        AgroalDataSource pool =
            Databases.pool(
                "jdbc:postgresql://127.0.0.1:"
                    + server.getPort()
                    + "/postgres?reWriteBatchedInserts=true",
                "postgres",
                false);
        ConsumerRepository store = JpaConsumerStores.on(pool).open()) {
      MillionLoad load = new MillionLoad(store, pool, consumers);
      load.fill();
      load.start();
      load.uncached();
      load.resident();
      load.list();
      load.churn();
      load.flood();
    }
  }

  private static void print(String what, String measured) {
    System.out.printf("%-50s %s%n", what, measured);
  }

  /** Returns a node of its own. */
  private ConsumerRepository node(long entries) {
    return Caching.track(
        JpaConsumerStores.on(pool).open(),
        new ChangeFeed.Tracking(
            entries,
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            ChangeFeed.Preloading.NONE),
        InstantSource.system());
  }

  private static LookupKey key(int number) {
    return Entries.lookup("key " + number);
  }

  private void fill() {
    long begun = System.nanoTime();
    for (int from = 0; from < consumers; from += BATCH) {
      List<ConsumerEntry> batch = new ArrayList<>();
      for (int i = from; i < Math.min(consumers, from + BATCH); i++) {
        Consumer consumer =
            Consumer.named("c" + i)
                .label("tier", i % 10 == 0 ? "gold" : "free")
                .plugins(GOLD)
                .build();
        batch.add(
            new ConsumerEntry(
                consumer,
                List.of(Entries.of(Credential.of("main", Entries.KEY_AUTH).build(), "key " + i))));
      }
      store.putAll(batch);
    }
    print("written", (System.nanoTime() - begun) / 1_000_000_000 + " s");
  }

  private void start() {
    long begun = System.nanoTime();
    try (ConsumerRepository another = JpaConsumerStores.on(pool).open()) {
      found(another, 7);
    }
    print("another node, to its first answer", millis(System.nanoTime() - begun));
  }

  private static void found(ConsumerRepository store, int number) {
    if (store.credential(Entries.KEY_AUTH, key(number)) == null) {
      throw new IllegalStateException("not found: " + number);
    }
  }

  private void uncached() throws Exception {
    Random random = new Random(7);
    print(
        "uncached lookup, the query alone",
        percentiles(times(LOOKUPS, () -> found(store, random.nextInt(consumers)))));
    try (ConsumerRepository node = node(2_000_000)) {
      uncached(node, random);
    }
  }

  private void uncached(ConsumerRepository node, Random random) throws Exception {
    long before = Heap.used();
    for (int run = 0; run < 2; run++) {
      print(
          run == 0 ? "uncached lookup, cold" : "uncached lookup",
          percentiles(times(LOOKUPS, () -> found(node, random.nextInt(consumers)))));
    }
    print("heap per cached Credential", (Heap.used() - before) / (2 * LOOKUPS) + " B");
    int hot = 10_000;
    for (int i = 0; i < hot; i++) {
      found(node, i);
    }
    LookupKey[] keys = new LookupKey[hot];
    Arrays.setAll(keys, MillionLoad::key);
    long[] nanos = new long[20];
    for (int round = 0; round < nanos.length; round++) {
      long begun = System.nanoTime();
      for (int i = 0; i < 200_000; i++) {
        if (node.credential(Entries.KEY_AUTH, keys[random.nextInt(hot)]) == null) {
          throw new IllegalStateException();
        }
      }
      nanos[round] = (System.nanoTime() - begun) / 200_000;
    }
    Arrays.sort(nanos);
    print("cached lookup among 10,000, without the digest", nanos[nanos.length / 2] + " ns");
  }

  /** A node that knows all of them from the start. */
  private void resident() throws Exception {
    long before = Heap.used();
    long begun = System.nanoTime();
    try (ConsumerRepository node =
        Caching.track(
            JpaConsumerStores.on(pool).open(),
            new ChangeFeed.Tracking(
                2L * consumers,
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                ChangeFeed.Preloading.AUTO),
            InstantSource.system())) {
      print("a node that reads all, to its start", millis(System.nanoTime() - begun));
      print("heap per Credential in memory", (Heap.used() - before) / consumers + " B");
      Random random = new Random(5);
      LookupKey[] keys = new LookupKey[LOOKUPS * 10];
      Arrays.setAll(keys, i -> key(random.nextInt(consumers)));
      long[] nanos = new long[20];
      for (int round = 0; round < nanos.length; round++) {
        begun = System.nanoTime();
        for (LookupKey one : keys) {
          if (node.credential(Entries.KEY_AUTH, one) == null) {
            throw new IllegalStateException();
          }
        }
        nanos[round] = (System.nanoTime() - begun) / keys.length;
      }
      Arrays.sort(nanos);
      print("lookup among all, without the digest", nanos[nanos.length / 2] + " ns");
      print(
          "unknown key",
          percentiles(
              times(
                  LOOKUPS * 10,
                  () ->
                      node.credential(Entries.KEY_AUTH, Entries.lookup("x" + random.nextInt())))));
    }
  }

  private void list() {
    print(
        "page of 100 behind a username",
        percentiles(times(50, () -> page(store, new Search("", Map.of(), Optional.of("c5")), 0))));
    print(
        "page of 100 with a label, the last",
        percentiles(
            times(
                5,
                () ->
                    page(
                        store,
                        new Search("", Map.of("tier", Optional.of("gold")), Optional.empty()),
                        consumers / 10 - 100))));
  }

  private static void page(ConsumerRepository store, Search search, long skip) {
    if (store.listConsumers(search, skip, 100).consumers().size() != 100) {
      throw new IllegalStateException("no full page");
    }
  }

  /** Known callers while another node changes others as fast as it can. */
  private void churn() throws Exception {
    try (ConsumerRepository node = node(200_000)) {
      churn(node);
    }
  }

  private void churn(ConsumerRepository node) throws Exception {
    for (int i = 0; i < 1_000; i++) {
      found(node, i);
    }
    Random random = new Random(3);
    print(
        "known caller, nothing changes",
        percentiles(times(LOOKUPS * 10, () -> found(node, random.nextInt(1_000)))));
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService writers = Executors.newFixedThreadPool(4);
    List<Future<Integer>> changes = new ArrayList<>();
    long begun = System.nanoTime();
    for (int writer = 0; writer < 4; writer++) {
      int self = writer;
      changes.add(
          writers.submit(
              () -> {
                int done = 0;
                while (!over.get()) {
                  store.put(
                      Consumer.named("c" + (10_000 + self * 1_000 + done % 1_000))
                          .label("tier", "v" + done)
                          .build());
                  done++;
                }
                return done;
              }));
    }
    long[] waits = times(LOOKUPS * 100, () -> found(node, random.nextInt(1_000)));
    over.set(true);
    int sum = 0;
    for (Future<Integer> one : changes) {
      sum += one.get();
    }
    writers.shutdown();
    long perSecond = sum * 1_000_000_000L / (System.nanoTime() - begun);
    print("known caller, " + perSecond + " changes/s elsewhere", percentiles(waits));
  }

  /** Eight threads with unknown keys, beside one with a known key. */
  private void flood() throws Exception {
    try (ConsumerRepository node = node(100_000)) {
      flood(node);
    }
  }

  private static void flood(ConsumerRepository node) throws Exception {
    found(node, 1);
    long before = Heap.used();
    long[] quiet = times(LOOKUPS, () -> found(node, 1));
    ExecutorService known = Executors.newSingleThreadExecutor();
    Future<long[]> beside = known.submit(() -> times(LOOKUPS * 400, () -> found(node, 1)));
    long begun = System.nanoTime();
    List<Integer> asked =
        ConcurrentTasks.run(
            8,
            () -> {
              Random random = new Random();
              int done = 0;
              while (!beside.isDone()) {
                LookupKey unknown =
                    new LookupKey(
                        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
                if (node.credential(Entries.KEY_AUTH, unknown) != null) {
                  throw new IllegalStateException();
                }
                done++;
              }
              return done;
            });
    known.shutdown();
    int sum = asked.stream().mapToInt(Integer::intValue).sum();
    print(
        "unknown keys asked",
        sum
            + " in "
            + millis(System.nanoTime() - begun)
            + ", heap grew by "
            + (Heap.used() - before - Long.BYTES * (long) LOOKUPS * 400) / Heap.MIB
            + " MiB");
    print("known caller, before", percentiles(quiet));
    print("known caller, meanwhile", percentiles(beside.get()));
  }

  private static long[] times(int count, Runnable call) {
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      long begun = System.nanoTime();
      call.run();
      times[i] = System.nanoTime() - begun;
    }
    Arrays.sort(times);
    return times;
  }

  private static String percentiles(long[] sorted) {
    return "p50 %s, p99 %s, max %s"
        .formatted(
            micros(sorted[sorted.length / 2]),
            micros(sorted[sorted.length * 99 / 100]),
            micros(sorted[sorted.length - 1]));
  }

  private static String micros(long nanos) {
    return "%.1f us".formatted(nanos / 1e3);
  }

  private static String millis(long nanos) {
    return nanos / 1_000_000 + " ms";
  }
}
