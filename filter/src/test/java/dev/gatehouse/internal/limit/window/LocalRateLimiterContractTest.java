package dev.gatehouse.internal.limit.window;

import dev.gatehouse.contract.RateLimiterContract;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.store.Stores;

/** Runs the contract of rate limiters on the counters of this process. */
final class LocalRateLimiterContractTest extends RateLimiterContract {
  private final RateLimiter limits = Stores.localLimits(Stores.DEFAULT_KEYS);

  @Override
  protected RateLimiter limits() {
    return limits;
  }
}
