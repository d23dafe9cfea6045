package dev.gatehouse.internal.restrict;

import dev.gatehouse.spi.limit.Bucket;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.RateLimitBackend;
import dev.gatehouse.spi.limit.Window;
import dev.gatehouse.spi.store.StoreException;
import java.util.HashMap;
import java.util.Map;

/** Fixed windows in the simplest way; can be told to fail. Used by one thread. */
public final class NaiveLimits implements RateLimitBackend {
  private final Map<CounterKey, long[]> startAndUsed = new HashMap<>();
  private boolean failing;

  public void fail() {
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
