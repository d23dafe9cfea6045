package dev.gatehouse.internal.limit.cluster;

import dev.gatehouse.internal.limit.window.Counter;
import dev.gatehouse.internal.limit.window.LeakyBucket;
import dev.gatehouse.spi.limit.Bucket;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.RateLimitBackend;
import dev.gatehouse.spi.limit.Window;

/**
 * Counts each request of all nodes by the engine that they share.
 *
 * <p>Safe for use by several threads.
 */
final class SharedLimits implements RateLimitBackend {
  private final ClusterTransport transport;

  SharedLimits(ClusterTransport transport) {
    this.transport = transport;
  }

  /** What a question came to, and whether the counter has changed. */
  private record Counted<S>(S result, boolean changed) {}

  @Override
  public Window.Result acquire(CounterKey key, Window window, long nowMillis) {
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

  private static Counted<Window.Result> counted(Counter counter, Window window, long nowMillis) {
    boolean moves = counter.isAhead(nowMillis);
    Window.Result result = counter.acquire(window, nowMillis);
    return result == null
        ? new Counted<>(counter.peek(window, nowMillis), false)
        : new Counted<>(result, moves || result.admitted());
  }

  @Override
  public Window.Result peek(CounterKey key, Window window, long nowMillis) {
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
  public Bucket.Result acquire(CounterKey key, Bucket bucket, long nowMillis) {
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

  private static Counted<Bucket.Result> counted(LeakyBucket known, Bucket bucket, long nowMillis) {
    boolean moves = known.isAhead(nowMillis);
    Bucket.Result result = known.acquire(bucket, nowMillis);
    return result == null
        ? new Counted<>(new Bucket.Result(false, 0), false)
        : new Counted<>(result, moves || result.admitted());
  }
}
