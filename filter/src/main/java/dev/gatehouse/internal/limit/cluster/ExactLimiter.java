package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.internal.limit.window.LeakyBucket;
import dev.gatehouse.internal.limit.window.WindowCounter;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.LeakyBucketLimit;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.RateWindow;

/**
 * A limiter that counts each request of all nodes in the shared engine.
 *
 * <p>Safe for use by several threads.
 */
final class ExactLimiter implements RateLimiter {
  private final ClusterTransport transport;

  ExactLimiter(ClusterTransport transport) {
    this.transport = transport;
  }

  /** A result, and whether the counter has changed. */
  private record Counted<S>(S result, boolean changed) {}

  @Override
  public RateWindow.Result acquire(CounterKey key, RateWindow window, long nowMillis) {
    return transport
        .await(
            transport.askWindow(
                key,
                window,
                new SharedCounter.Question<>(
                    counter -> counted(counter, window, nowMillis),
                    Counted::changed,
                    false,
                    ClusterTransport.life(window))))
        .result();
  }

  private static Counted<RateWindow.Result> counted(
      WindowCounter counter, RateWindow window, long nowMillis) {
    boolean moves = counter.isAhead(nowMillis);
    RateWindow.Result result = counter.acquire(window, nowMillis);
    return result == null
        ? new Counted<>(counter.peek(window, nowMillis), false)
        : new Counted<>(result, moves || result.admitted());
  }

  @Override
  public RateWindow.Result peek(CounterKey key, RateWindow window, long nowMillis) {
    return transport.await(
        transport.askWindow(
            key,
            window,
            new SharedCounter.Question<>(
                counter -> counter.peek(window, nowMillis),
                peeked -> false,
                true,
                ClusterTransport.life(window))));
  }

  @Override
  public LeakyBucketLimit.Result acquire(CounterKey key, LeakyBucketLimit bucket, long nowMillis) {
    return transport
        .await(
            transport.askBucket(
                key,
                new SharedCounter.Question<>(
                    known -> counted(known, bucket, nowMillis),
                    Counted::changed,
                    false,
                    ClusterTransport.life(bucket))))
        .result();
  }

  private static Counted<LeakyBucketLimit.Result> counted(
      LeakyBucket known, LeakyBucketLimit bucket, long nowMillis) {
    boolean moves = known.isAhead(nowMillis);
    LeakyBucketLimit.Result result = known.acquire(bucket, nowMillis);
    return result == null
        ? new Counted<>(new LeakyBucketLimit.Result(false, 0), false)
        : new Counted<>(result, moves || result.admitted());
  }
}
