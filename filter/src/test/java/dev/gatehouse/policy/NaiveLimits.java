package dev.gatehouse.policy;

import dev.gatehouse.spi.Bucket;
import dev.gatehouse.spi.CounterKey;
import dev.gatehouse.spi.RateLimitBackend;
import dev.gatehouse.spi.StoreException;
import dev.gatehouse.spi.Window;
import java.util.HashMap;
import java.util.Map;

/** Fixed windows in the simplest way; can be told to fail. Used by one thread. */
final class NaiveLimits implements RateLimitBackend {
  private final Map<CounterKey, long[]> startAndUsed = new HashMap<>();
  private boolean failing;

  void fail() {
    failing = true;
  }

  int counters() {
    return startAndUsed.size();
  }

  @Override
  public Window.Result acquire(CounterKey key, Window window, long nowMillis) {
    if (failing) {
      throw new StoreException("told to fail", new IllegalStateException());
    }
    long[] counter = startAndUsed.computeIfAbsent(key, k -> new long[] {nowMillis, 0});
    if (nowMillis >= counter[0] + window.millis()) {
      counter[0] = nowMillis;
      counter[1] = 0;
    }
    boolean admitted = counter[1] < window.limit();
    counter[1] += admitted ? 1 : 0;
    return new Window.Result(
        admitted,
        Math.max(0, window.limit() - counter[1]),
        counter[0] + window.millis() - nowMillis);
  }

  @Override
  public Bucket.Result acquire(CounterKey key, Bucket bucket, long nowMillis) {
    throw new StoreException("told to fail", new IllegalStateException());
  }

  @Override
  public Window.Result peek(CounterKey key, Window window, long nowMillis) {
    throw new UnsupportedOperationException();
  }
}
