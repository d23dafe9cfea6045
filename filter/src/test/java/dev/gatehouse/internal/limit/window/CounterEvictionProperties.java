package dev.gatehouse.internal.limit.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatehouse.contract.ConcurrentTasks;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.limit.RateLimiter.KeyCounter;
import dev.gatehouse.spi.limit.RateWindow;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Limits are exact while counters are evicted, and Consumers are evicted and loaded again. */
class CounterEvictionProperties {
  private static final CounterOwner OWNER = new CounterOwner("consumer", "acme");
  private static final int THREADS = 200;
  private static final int TRIES = 20;
  private static final long NOW = 5_000;

  @Property(tries = 20)
  void limit_isExact_whateverIsEvicted(
      @ForAll @IntRange(min = 1, max = 8) int maxKeys,
      @ForAll @IntRange(min = 1, max = 3_000) int limit,
      @ForAll RateWindow.Kind kind,
      @ForAll long seed)
      throws Exception {
    LocalRateLimiter limits = new LocalRateLimiter(maxKeys);
    RateWindow window = new RateWindow(limit, 60_000, kind);
    CounterKey key = new CounterKey(OWNER, "limit-count", "acme");
    AtomicReferenceArray<KeyCounter> consumers = new AtomicReferenceArray<>(4);
    for (int i = 0; i < consumers.length(); i++) {
      consumers.set(i, limits.counter(key, kind));
    }
    AtomicInteger number = new AtomicInteger();

    List<Integer> admitted =
        ConcurrentTasks.run(
            THREADS,
            () -> {
              Random random = new Random(seed + number.getAndIncrement());
              int mine = 0;
              for (int i = 0; i < TRIES; i++) {
                int consumer = random.nextInt(consumers.length());
                switch (random.nextInt(4)) {
                  case 0 -> load(consumers, consumer, limits.counter(key, kind));
                  case 1 -> flood(limits, random.nextInt(100));
                  default -> {}
                }
                boolean byKey = random.nextBoolean();
                mine +=
                    (byKey
                                ? limits.acquire(key, window, NOW)
                                : consumers.get(consumer).acquire(window, NOW))
                            .admitted()
                        ? 1
                        : 0;
              }
              return mine;
            });

    int all = admitted.stream().mapToInt(n -> n).sum();
    assertEquals(Math.min(limit, THREADS * TRIES), all);
  }

  /** The first Consumer is never evicted. */
  private static void load(
      AtomicReferenceArray<KeyCounter> consumers, int consumer, KeyCounter loaded) {
    if (consumer > 0) {
      consumers.set(consumer, loaded);
    }
  }

  private static void flood(LocalRateLimiter limits, int number) {
    CounterKey other = new CounterKey(OWNER, "limit-count", "other " + number);
    limits.acquire(other, new RateWindow(1, 60_000), NOW);
  }
}
