package dev.gatehouse.internal.limit.window;

import dev.gatehouse.spi.limit.LeakyBucketLimit;
import org.jspecify.annotations.Nullable;

/**
 * A leaky bucket with whole numbers: the excess is counted in millionths of a request, of which
 * {@code rate} drain per millisecond.
 *
 * <p>The bucket is initially empty. A request that would overflow it does not change it. A time
 * shortly before the last one counts as the last one; if the clock has gone back further, the
 * bucket drains from the present time on. Not safe for use by several threads; callers must hold a
 * lock.
 */
public final class LeakyBucket {
  private static final long REQUEST = 1_000_000;
  private static final long THOUSANDTH = 1_000;

  private long excess;
  private long last;
  private boolean used;
  private boolean closed;

  /**
   * Returns a bucket with a saved state. An empty state is an unused bucket.
   *
   * @throws IllegalArgumentException if the state is invalid
   */
  public static LeakyBucket of(long[] state) {
    LeakyBucket bucket = new LeakyBucket();
    if (state.length == 2 && state[0] >= 0) {
      bucket.excess = state[0];
      bucket.last = state[1];
      bucket.used = true;
    } else if (state.length != 0) {
      throw new IllegalArgumentException("a bucket has two numbers");
    }
    return bucket;
  }

  /** Returns the state for {@link #of}. */
  public long[] state() {
    return used ? new long[] {excess, last} : new long[0];
  }

  /** Adds a request unless the bucket would overflow. Returns null if the bucket is closed. */
  public LeakyBucketLimit.@Nullable Result acquire(LeakyBucketLimit bucket, long nowMillis) {
    if (closed) {
      return null;
    }
    last = isAhead(nowMillis) ? nowMillis : last;
    long now = used ? Math.max(last, nowMillis) : nowMillis;
    long after = used ? Math.max(0, drained(bucket, now) + REQUEST) : 0;
    long most = bucket.burst() * THOUSANDTH;
    if (after > most) {
      return new LeakyBucketLimit.Result(false, up(after - most, bucket.rate()));
    }
    excess = after;
    last = now;
    used = true;
    return new LeakyBucketLimit.Result(true, after / bucket.rate());
  }

  /** Returns whether the clock has gone back, so that the next call changes the bucket. */
  public boolean isAhead(long nowMillis) {
    return used && last > nowMillis && last - nowMillis > WindowCounter.MAX_SKEW;
  }

  void close() {
    closed = true;
  }

  /**
   * Returns the excess after draining. It may be as low as minus one request: then the next request
   * is not ahead of the rate.
   */
  private long drained(LeakyBucketLimit bucket, long now) {
    long elapsed = now - last;
    long enough = (excess + REQUEST) / bucket.rate() + 1;
    return elapsed >= enough ? -REQUEST : excess - bucket.rate() * elapsed;
  }

  private static long up(long amount, long rate) {
    return amount / rate + (amount % rate == 0 ? 0 : 1);
  }
}
