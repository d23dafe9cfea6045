package dev.gatehouse.policy;

import dev.gatehouse.SettingsReader;
import dev.gatehouse.spi.Call;
import dev.gatehouse.spi.ConsumerInterceptor;
import dev.gatehouse.spi.Decision;
import dev.gatehouse.spi.Header;
import dev.gatehouse.spi.Parts;
import dev.gatehouse.spi.RateLimitBackend;
import dev.gatehouse.spi.Reply;
import dev.gatehouse.spi.StoreException;
import dev.gatehouse.spi.Window;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code limit-count}: so many requests in a window that begins with the first of them.
 *
 * <p>Counters belong to the owner of the settings, so two Consumers with equal settings do not
 * share one. Refused requests are not counted; they carry {@code Retry-After}. Source: reference
 * section 3.2.
 */
final class LimitCount implements ConsumerInterceptor<LimitCount.Config> {
  /** The greatest whole number that every JSON reader keeps exactly. */
  static final long MOST = (1L << 53) - 1;

  private static final long MILLIS = 1_000;

  private static final List<String> LATER =
      List.of(
          "rules",
          "group",
          "sync_interval",
          "redis_host",
          "redis_port",
          "redis_username",
          "redis_password",
          "redis_database",
          "redis_timeout",
          "redis_ssl",
          "redis_ssl_verify",
          "redis_keepalive_timeout",
          "redis_keepalive_pool",
          "redis_cluster_nodes",
          "redis_cluster_name",
          "redis_cluster_ssl",
          "redis_cluster_ssl_verify",
          "redis_sentinels",
          "redis_master_name",
          "redis_role",
          "redis_connect_timeout",
          "redis_read_timeout",
          "sentinel_username",
          "sentinel_password");

  /**
   * The settings.
   *
   * @param window how many requests in how long
   * @param key what is counted
   * @param refused what a client is told when the window is used up
   * @param quota tells the client what is left, unless that is switched off
   * @param failOpen whether a request passes when it cannot be counted
   * @param limits counts
   * @param ticker tells the time
   */
  record Config(
      Window window,
      LimitKey key,
      Reply refused,
      Optional<QuotaHeaders> quota,
      boolean failOpen,
      RateLimitBackend limits,
      InstantSource ticker) {
    @Override
    public String toString() {
      return "limit-count(count=%d, window=%ds)"
          .formatted(window.limit(), window.millis() / MILLIS);
    }
  }

  @Override
  public String name() {
    return "limit-count";
  }

  @Override
  public int priority() {
    return 1002;
  }

  @Override
  public Config configure(SettingsReader settings, Parts parts) {
    long count = settings.integer("count", 1, MOST);
    long seconds = settings.integer("time_window", 1, MOST / MILLIS);
    onlyNow(settings, "window_type", "fixed", List.of("sliding", "strict"));
    onlyNow(
        settings,
        "policy",
        "local",
        List.of("redis", "redis-cluster", "redis-sentinel", "cluster"));
    LimitKey key = LimitKey.read(settings, name());
    int code =
        (int) settings.integer("rejected_code", 200, 599, parts.profile().limitRejectedCode());
    Reply refused = Reply.errorMessage(code, settings.nonEmpty("rejected_msg").orElse(null));
    boolean shown = settings.flag("show_limit_quota_header", true);
    Optional<QuotaHeaders> quota = shown ? Optional.of(new QuotaHeaders(count)) : Optional.empty();
    boolean failOpen = settings.flag("allow_degradation", false);
    settings.notAvailable(LATER);
    Window window = new Window(count, seconds * MILLIS);
    return new Config(window, key, refused, quota, failOpen, parts.limits(), parts.ticker());
  }

  @Override
  public Decision check(Config config, Call call) {
    Window.State state;
    try {
      state =
          config
              .limits()
              .acquire(config.key().counter(call), config.window(), config.ticker().millis());
    } catch (StoreException notCounted) {
      return config.failOpen()
          ? Decision.ALLOW
          : new Decision.Deny(
              Reply.errorMessage(500, "failed to limit count"), String.valueOf(notCounted));
    }
    List<Header> quota = config.quota().map(headers -> headers.of(state)).orElse(List.of());
    if (state.admitted()) {
      return quota.isEmpty() ? Decision.ALLOW : new Decision.Allow(quota, null);
    }
    List<Header> headers = new ArrayList<>(quota);
    headers.add(QuotaHeaders.retryAfter(state.resetMillis()));
    return new Decision.Deny(config.refused().with(headers), "the window is used up");
  }

  private static void onlyNow(
      SettingsReader settings, String name, String now, List<String> later) {
    String given = settings.text(name, now);
    if (later.contains(given)) {
      settings.mistake(name, '"' + given + "\" is not available yet; use \"" + now + '"');
    } else if (!given.equals(now)) {
      settings.mistake(name, "must be \"" + now + "\", was \"" + given + '"');
    }
  }
}
