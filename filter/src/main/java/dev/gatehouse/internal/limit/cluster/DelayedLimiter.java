package dev.gatehouse.internal.limit.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.internal.limit.window.WindowShare;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.LeakyBucketLimit;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.RateWindow;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A limiter that admits requests locally and reports them to the shared counters later.
 *
 * <p>A node has at most a hundredth of the limit unreported, so with M nodes at most {@code (M - 1)
 * * max(1, limit / 100)} requests too many are admitted per window. Other windows than fixed ones,
 * and buckets, are counted exactly. Safe for use by several threads.
 */
final class DelayedLimiter implements RateLimiter {
  private static final int SHARE = 100;

  private final RateLimiter exact;
  private final ClusterTransport transport;
  private final Cache<Asked, Ledger> ledgers;

  /**
   * Creates a limiter.
   *
   * @param exact the limiter for other windows and for buckets
   * @param maxKeys the maximum number of known counters
   */
  DelayedLimiter(RateLimiter exact, ClusterTransport transport, long maxKeys) {
    this.exact = exact;
    this.transport = transport;
    this.ledgers = Caffeine.newBuilder().maximumSize(maxKeys).executor(Runnable::run).build();
  }

  private record Asked(CounterKey key, RateWindow window) {}

  /**
   * The state of a counter on this node, with unreported requests. Safe for use by several threads.
   */
  private final class Ledger {
    private final Asked asked;
    private long left;
    private long endMillis = Long.MIN_VALUE;

    /** Unreported requests; negative if permits were taken that are not used yet. */
    private long unreported;

    private @Nullable CompletableFuture<WindowShare> telling;

    Ledger(Asked asked) {
      this.asked = asked;
    }

    /** Admits a request. Returns null if the engine must be asked first. */
    synchronized RateWindow.@Nullable Result admit(long nowMillis) {
      if (!isOpen(nowMillis)) {
        return null;
      }
      if (left - unreported <= 0) {
        return unreported > 0 ? null : new RateWindow.Result(false, 0, endMillis - nowMillis);
      }
      if (unreported >= Math.max(1, asked.window().limit() / SHARE)) {
        return null;
      }
      unreported++;
      return new RateWindow.Result(true, left - unreported, endMillis - nowMillis);
    }

    /** Reports once for all waiting callers. A window that has not begun begins with one permit. */
    synchronized CompletableFuture<WindowShare> report(long nowMillis) {
      boolean begun = isOpen(nowMillis);
      if (begun && unreported <= 0) {
        return CompletableFuture.completedFuture(new WindowShare(0, left, endMillis));
      }
      if (telling == null || telling.isDone()) {
        telling = begun ? add(nowMillis, unreported) : begin(nowMillis);
      }
      return telling.copy();
    }

    private CompletableFuture<WindowShare> add(long nowMillis, long admitted) {
      return transport
          .exchange(
              asked.key(),
              asked.window(),
              counter -> counter.add(asked.window(), nowMillis, admitted))
          .thenApply(chunk -> recordReport(chunk, admitted));
    }

    private CompletableFuture<WindowShare> begin(long nowMillis) {
      return transport
          .exchange(
              asked.key(), asked.window(), counter -> counter.take(asked.window(), nowMillis, 1))
          .thenApply(chunk -> recordReport(chunk, unreported() + chunk.taken()));
    }

    private synchronized WindowShare recordReport(WindowShare chunk, long counted) {
      unreported -= counted;
      left = chunk.left();
      endMillis = chunk.endMillis();
      return chunk;
    }

    synchronized boolean hasUntold(long nowMillis) {
      return unreported > 0 && isOpen(nowMillis);
    }

    private boolean isOpen(long nowMillis) {
      return WindowShare.isOpen(endMillis, asked.window(), nowMillis);
    }

    synchronized long unreported() {
      return unreported;
    }
  }

  @Override
  public RateWindow.Result acquire(CounterKey key, RateWindow window, long nowMillis) {
    if (window.kind() != RateWindow.Kind.FIXED && window.kind() != RateWindow.Kind.ALIGNED) {
      return exact.acquire(key, window, nowMillis);
    }
    Ledger ledger = ledgers.get(new Asked(key, window), Ledger::new);
    RateWindow.Result state = ledger.admit(nowMillis);
    while (state == null) {
      WindowShare told = transport.await(ledger.report(nowMillis));
      state = ledger.admit(nowMillis);
      if (state == null && !WindowShare.isOpen(told.endMillis(), window, nowMillis)) {
        return exact.acquire(key, window, nowMillis);
      }
    }
    return state;
  }

  /** Reports all unreported requests. Does not wait. */
  void reportAll(long nowMillis) {
    ledgers.asMap().values().stream()
        .filter(ledger -> ledger.hasUntold(nowMillis))
        .forEach(
            ledger -> {
              CompletableFuture<WindowShare> unused = ledger.report(nowMillis);
            });
  }

  @Override
  public RateWindow.Result peek(CounterKey key, RateWindow window, long nowMillis) {
    RateWindow.Result shared = exact.peek(key, window, nowMillis);
    Ledger ledger = ledgers.getIfPresent(new Asked(key, window));
    long untold = ledger != null && ledger.hasUntold(nowMillis) ? ledger.unreported() : 0;
    long left = Math.max(0, shared.remaining() - untold);
    return new RateWindow.Result(left > 0, left, shared.resetMillis());
  }

  @Override
  public LeakyBucketLimit.Result acquire(CounterKey key, LeakyBucketLimit bucket, long nowMillis) {
    return exact.acquire(key, bucket, nowMillis);
  }
}
