package dev.gatehouse.spi.limit;

/**
 * A leaky bucket: requests at a rate, and some more that are ahead of it.
 *
 * <p>Numbers are in thousandths, so that nothing is lost to rounding.
 *
 * @param rate thousandths of a request per second, 1 to 10^12
 * @param burst thousandths of a request that may be ahead, 0 to 10^15
 */
public record LeakyBucketLimit(long rate, long burst) {
  private static final long MAX_RATE = 1_000_000_000_000L;
  private static final long MAX_BURST = 1_000_000_000_000_000L;

  /** Checks both numbers. */
  public LeakyBucketLimit {
    if (rate < 1 || rate > MAX_RATE || burst < 0 || burst > MAX_BURST) {
      throw new IllegalArgumentException("rate must be 1 to 10^12 and burst 0 to 10^15");
    }
  }

  /**
   * The result of a request to a bucket.
   *
   * @param admitted whether the request was let in
   * @param delayMillis how far ahead of the rate it is, in milliseconds, rounded down; for a
   *     refused one how long until one more is let in, rounded up
   */
  public record Result(boolean admitted, long delayMillis) {}
}
