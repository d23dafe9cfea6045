package dev.gatehouse.internal.restrict;

import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.LeakyBucketLimit;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.spi.store.StoreException;
import java.util.HashMap;
import java.util.Map;

/** The simplest fixed windows; a test may make them fail. Not safe for use by several threads. */
public final class NaiveRateLimiter implements RateLimiter {
  private final Map<CounterKey, long[]> startAndUsed = new HashMap<>();
  private boolean failing;

  public void fail() {
    failing = true;
  }

  int counters() {
    return startAndUsed.size();
  }

  @Override
  public RateWindow.Result acquire(CounterKey key, RateWindow window, long nowMillis) {
    if (failing) {
      throw new StoreException("fails on request", new IllegalStateException());
    }
    long[] counter = startAndUsed.computeIfAbsent(key, k -> new long[] {nowMillis, 0});
    if (nowMillis >= counter[0] + window.millis()) {
      counter[0] = nowMillis;
      counter[1] = 0;
    }
    boolean admitted = counter[1] < window.limit();
    counter[1] += admitted ? 1 : 0;
    return new RateWindow.Result(
        admitted,
        Math.max(0, window.limit() - counter[1]),
        counter[0] + window.millis() - nowMillis);
  }

  @Override
  public LeakyBucketLimit.Result acquire(CounterKey key, LeakyBucketLimit bucket, long nowMillis) {
    throw new StoreException("fails on request", new IllegalStateException());
  }

  @Override
  public RateWindow.Result peek(CounterKey key, RateWindow window, long nowMillis) {
    throw new UnsupportedOperationException();
  }
}
