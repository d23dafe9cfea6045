package dev.gatehouse.internal.limit.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.internal.limit.window.WindowShare;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.LeakyBucketLimit;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.RateWindow;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A limiter that takes permits of the shared counters in batches.
 *
 * <p>The shared window issues each permit once, and it is used once, so the limit holds for all
 * nodes. Batches become smaller as the window fills. Unused permits of a node are lost until the
 * window ends. Other windows than fixed ones, small limits and buckets are counted exactly. Safe
 * for use by several threads.
 */
final class LeasingLimiter implements RateLimiter {
  /** Leases require a limit of more than this number times the number of nodes. */
  private static final int WORTH = 100;

  /** A batch is the limit divided by this number times the number of nodes. */
  private static final int SHARE = 10;

  private static final int MIN_SHARE = 200;

  private final RateLimiter exact;
  private final ClusterTransport transport;
  private final IntSupplier nodes;
  private final Cache<Asked, Tenant> tenants;

  /**
   * Creates a limiter.
   *
   * @param exact the limiter for counters without leases
   * @param nodes returns the number of nodes
   * @param maxKeys the maximum number of known counters
   */
  LeasingLimiter(RateLimiter exact, ClusterTransport transport, IntSupplier nodes, long maxKeys) {
    this.exact = exact;
    this.transport = transport;
    this.nodes = nodes;
    this.tenants = Caffeine.newBuilder().maximumSize(maxKeys).executor(Runnable::run).build();
  }

  /** Plugins of one group may use the same counter with different limits. */
  private record Asked(CounterKey key, RateWindow window) {}

  /**
   * Permits of one window.
   *
   * @param permits the permits of this node
   * @param left the remaining permits of the shared window after they were taken
   */
  private record Lease(RateWindow window, PermitBatch permits, long left, long endMillis) {
    boolean covers(RateWindow asked, long nowMillis) {
      return WindowShare.isOpen(endMillis, asked, nowMillis) && window.equals(asked);
    }

    /** Spends a permit. Returns null if there may be more to take. */
    RateWindow.@Nullable Result spend(long nowMillis) {
      long mine = permits.spend();
      if (mine == PermitBatch.NONE && left > 0) {
        return null;
      }
      return new RateWindow.Result(
          mine != PermitBatch.NONE, left + Math.max(0, mine), endMillis - nowMillis);
    }
  }

  /** The state of a counter on this node. Safe for use by several threads. */
  private static final class Tenant {
    private volatile @Nullable Lease lease;
    private @Nullable CompletableFuture<Lease> coming;

    @Nullable Lease lease() {
      return lease;
    }

    /** Takes a batch, once for all concurrent callers. */
    synchronized CompletableFuture<Lease> renew(@Nullable Lease spent, Taking taking) {
      Lease present = lease;
      if (present != null && !present.equals(spent)) {
        return CompletableFuture.completedFuture(present);
      }
      if (coming == null || coming.isDone()) {
        coming = taking.take(spent).thenApply(this::hold);
      }
      return coming.copy();
    }

    /** Synchronized, so that no second batch is taken while one arrives. */
    private synchronized Lease hold(Lease taken) {
      lease = taken;
      return taken;
    }
  }

  /** Takes a batch after the previous one is spent. */
  private interface Taking {
    CompletableFuture<Lease> take(@Nullable Lease spent);
  }

  @Override
  public RateWindow.Result acquire(CounterKey key, RateWindow window, long nowMillis) {
    if (!isWorthIt(window)) {
      return exact.acquire(key, window, nowMillis);
    }
    Tenant tenant = tenants.get(new Asked(key, window), absent -> new Tenant());
    Lease lease = tenant.lease();
    while (true) {
      RateWindow.Result state =
          lease != null && lease.covers(window, nowMillis) ? lease.spend(nowMillis) : null;
      if (state != null) {
        return state;
      }
      Lease renewed =
          transport.await(tenant.renew(lease, spent -> taken(key, window, nowMillis, spent)));
      if (!renewed.covers(window, nowMillis)) {
        return exact.acquire(key, window, nowMillis);
      }
      lease = renewed;
    }
  }

  private CompletableFuture<Lease> taken(
      CounterKey key, RateWindow window, long nowMillis, @Nullable Lease spent) {
    long left = spent != null && spent.covers(window, nowMillis) ? spent.left() : window.limit();
    long chunk = chunk(window, left);
    return transport
        .exchange(key, window, counter -> counter.take(window, nowMillis, chunk))
        .thenApply(
            got -> new Lease(window, new PermitBatch(got.taken()), got.left(), got.endMillis()));
  }

  private long chunk(RateWindow window, long left) {
    long count = Math.max(1, nodes.getAsInt());
    long most = Math.max(1, window.limit() / (SHARE * count));
    long least = Math.max(1, window.limit() / (MIN_SHARE * count));
    return Math.max(least, Math.min(most, left / (2 * count)));
  }

  private boolean isWorthIt(RateWindow window) {
    boolean fixed =
        window.kind() == RateWindow.Kind.FIXED || window.kind() == RateWindow.Kind.ALIGNED;
    return fixed && window.limit() / WORTH > nodes.getAsInt();
  }

  /**
   * Returns the remaining permits: those of the shared window and the unspent ones of this node.
   */
  @Override
  public RateWindow.Result peek(CounterKey key, RateWindow window, long nowMillis) {
    RateWindow.Result shared = exact.peek(key, window, nowMillis);
    Tenant tenant = tenants.getIfPresent(new Asked(key, window));
    Lease lease = tenant == null ? null : tenant.lease();
    long mine = lease != null && lease.covers(window, nowMillis) ? lease.permits().left() : 0;
    return new RateWindow.Result(
        shared.admitted() || mine > 0, shared.remaining() + mine, shared.resetMillis());
  }

  @Override
  public LeakyBucketLimit.Result acquire(CounterKey key, LeakyBucketLimit bucket, long nowMillis) {
    return exact.acquire(key, bucket, nowMillis);
  }
}
