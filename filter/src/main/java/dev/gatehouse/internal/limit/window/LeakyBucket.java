package dev.gatehouse.internal.limit.window;

import dev.gatehouse.spi.limit.LeakyBucketLimit;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of one leaky bucket, in whole numbers: the excess is counted in millionths of a
 * request, of which {@code rate} drain in a millisecond.
 *
 * <p>The first request finds it empty. One that would overflow changes nothing. A moment shortly
 * before the last one counts as the last one; if the clock has gone back further, the bucket drains
 * from the present moment on. Not safe for use by several threads: the caller holds a lock. Source:
 * reference section 3.3.
 */
public final class LeakyBucket {
  private static final long REQUEST = 1_000_000;
  private static final long THOUSANDTH = 1_000;

  private long excess;
  private long last;
  private boolean used;
  private boolean closed;

  /**
   * A bucket that goes on where another one stood; an empty state is a bucket that is unused.
   *
   * @throws IllegalArgumentException if that is no state of a bucket
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

  /** All that {@link #of} needs to go on from here. */
  public long[] state() {
    return used ? new long[] {excess, last} : new long[0];
  }

  /** Lets a request in unless it would overflow; null once closed. */
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

  /** Whether the clock has gone back, so that asking changes the bucket. */
  public boolean isAhead(long nowMillis) {
    return used && last > nowMillis && last - nowMillis > WindowCounter.MAX_SKEW;
  }

  void close() {
    closed = true;
  }

  /** May be below zero, down to minus one request: then the next one is not ahead at all. */
  private long drained(LeakyBucketLimit bucket, long now) {
    long elapsed = now - last;
    long enough = (excess + REQUEST) / bucket.rate() + 1;
    return elapsed >= enough ? -REQUEST : excess - bucket.rate() * elapsed;
  }

  private static long up(long amount, long rate) {
    return amount / rate + (amount % rate == 0 ? 0 : 1);
  }
}
