package dev.gatehouse.internal.limit;

import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.limit.LeakyBucketLimit;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.Delay;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.store.StoreException;
import java.util.List;

/**
 * {@code limit-req}: a steady rate of requests. A burst is delayed, further requests are refused.
 *
 * <p>Each key has a leaky bucket. Refusals carry {@code Retry-After}.
 */
public final class LimitReq implements ConsumerInterceptor<LimitReq.Config> {
  private static final long THOUSANDTHS = 1_000;
  private static final long MAX_RATE = 1_000_000_000;
  private static final long MAX_BURST = 1_000_000_000_000L;

  /**
   * The settings.
   *
   * @param waits whether a request ahead of the rate is delayed
   * @param counters the counters
   */
  record Config(
      LeakyBucketLimit bucket, LimitKey key, boolean waits, Reply refused, LimitCounters counters) {
    @Override
    public String toString() {
      return "limit-req(rate=%s/1000, burst=%s/1000)".formatted(bucket.rate(), bucket.burst());
    }
  }

  @Override
  public String name() {
    return "limit-req";
  }

  @Override
  public int priority() {
    return 1001;
  }

  @Override
  public Config configure(SettingsReader settings, PluginServices parts) {
    long rate = settings.thousandths("rate", 1, MAX_RATE * THOUSANDTHS);
    long burst = settings.thousandths("burst", 0, MAX_BURST * THOUSANDTHS);
    LimitSettings.requireKey(settings);
    LimitKey key = LimitKey.read(settings, name(), LimitKey.VARIABLE_TYPES);
    LimitCounters counters = LimitCounters.read(settings, parts);
    int code =
        (int) settings.integer("rejected_code", 200, 599, parts.profile().limitRejectedCode());
    return new Config(
        new LeakyBucketLimit(rate, burst),
        key,
        !settings.flag("nodelay", false),
        Reply.errorMessage(code, settings.nonEmpty("rejected_msg").orElse(null)),
        counters);
  }

  @Override
  public Decision check(Config config, InterceptedRequest call) {
    LeakyBucketLimit.Result state;
    try {
      state = config.counters().acquire(config.key().counter(call), config.bucket());
    } catch (StoreException notCounted) {
      return config.counters().passUncounted()
          ? Decision.ALLOW
          : new Decision.Deny(Reply.errorMessage(500, null), String.valueOf(notCounted));
    }
    Reply refused =
        config.refused().with(List.of(RateLimitHeaders.retryAfter(state.delayMillis())));
    if (!state.admitted()) {
      return new Decision.Deny(refused, "faster than the rate");
    }
    return config.waits() && state.delayMillis() > 0
        ? Decision.Allow.delayed(new Delay(state.delayMillis(), refused))
        : Decision.ALLOW;
  }
}
