package dev.gatehouse.spi.limit;

/**
 * A leaky bucket: a rate of requests and a burst.
 *
 * <p>Numbers are in thousandths, so that decimals are exact.
 *
 * @param rate thousandths of a request per second, 1 to 10^12
 * @param burst thousandths of a request that may be ahead of the rate, 0 to 10^15
 */
public record LeakyBucketLimit(long rate, long burst) {
  private static final long MAX_RATE = 1_000_000_000_000L;
  private static final long MAX_BURST = 1_000_000_000_000_000L;

  /** Creates a limit. */
  public LeakyBucketLimit {
    if (rate < 1 || rate > MAX_RATE || burst < 0 || burst > MAX_BURST) {
      throw new IllegalArgumentException("rate must be 1 to 10^12 and burst 0 to 10^15");
    }
  }

  /**
   * The result of a request to a bucket.
   *
   * @param admitted whether the request was admitted
   * @param delayMillis the delay of an admitted request in milliseconds, rounded down; for a
   *     refused request the time until the next admission, rounded up
   */
  public record Result(boolean admitted, long delayMillis) {}
}
