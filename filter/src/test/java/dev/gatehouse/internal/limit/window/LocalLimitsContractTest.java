package dev.gatehouse.internal.limit.window;

import dev.gatehouse.contract.RateLimitBackendContract;
import dev.gatehouse.spi.limit.RateLimitBackend;
import dev.gatehouse.store.Stores;

/** The promises of every engine, kept by the counters of this process. */
final class LocalLimitsContractTest extends RateLimitBackendContract {
  private final RateLimitBackend limits = Stores.localLimits(Stores.DEFAULT_KEYS);

  @Override
  protected RateLimitBackend limits() {
    return limits;
  }
}
