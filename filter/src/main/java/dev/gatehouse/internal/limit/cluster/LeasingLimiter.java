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
 * Counters of all nodes, of which this node takes a chunk at a time.
 *
 * <p>Every permit is given out once by the shared window and spent once in it, so the limit holds
 * over all nodes. Chunks become smaller as the window fills. What a node has taken and does not
 * need is lost until the window ends. Windows that are not fixed, small limits and buckets are
 * counted one by one. Safe for use by several threads. Source: limits section 6.
 */
final class LeasingLimiter implements RateLimiter {
  /** A limit must be more than so many times the number of nodes. */
  private static final int WORTH = 100;

  /** The largest chunk is the limit by so many times the number of nodes, as is the smallest. */
  private static final int SHARE = 10;

  private static final int MIN_SHARE = 200;

  private final RateLimiter exact;
  private final ClusterTransport transport;
  private final IntSupplier nodes;
  private final Cache<Asked, Tenant> tenants;

  /**
   * Creates a limiter that holds no permit.
   *
   * @param exact counts what is not worth a lease
   * @param nodes how many nodes there are
   * @param maxKeys how many counters are known at a time
   */
  LeasingLimiter(RateLimiter exact, ClusterTransport transport, IntSupplier nodes, long maxKeys) {
    this.exact = exact;
    this.transport = transport;
    this.nodes = nodes;
    this.tenants = Caffeine.newBuilder().maximumSize(maxKeys).executor(Runnable::run).build();
  }

  /** Settings of one group may look at one counter with limits of their own. */
  private record Asked(CounterKey key, RateWindow window) {}

  /**
   * Permits of one window.
   *
   * @param permits those this node spends
   * @param left what the shared window had left when they were taken
   */
  private record Lease(RateWindow window, PermitBatch permits, long left, long endMillis) {
    boolean covers(RateWindow asked, long nowMillis) {
      return WindowShare.isOpen(endMillis, asked, nowMillis) && window.equals(asked);
    }

    /** Null when there may be more to take. */
    RateWindow.@Nullable Result spend(long nowMillis) {
      long mine = permits.spend();
      if (mine == PermitBatch.NONE && left > 0) {
        return null;
      }
      return new RateWindow.Result(
          mine != PermitBatch.NONE, left + Math.max(0, mine), endMillis - nowMillis);
    }
  }

  /** What this node holds of one counter; safe for use by several threads. */
  private static final class Tenant {
    private volatile @Nullable Lease lease;
    private @Nullable CompletableFuture<Lease> coming;

    @Nullable Lease lease() {
      return lease;
    }

    /** Takes a chunk, once for all who ask at the same time. */
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

    /** Synchronized, so that a chunk that has come is never overlooked and another one taken. */
    private synchronized Lease hold(Lease taken) {
      lease = taken;
      return taken;
    }
  }

  /** Takes a chunk after one that is spent. */
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

  /** What all nodes have left, and this node has taken and not spent. */
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
