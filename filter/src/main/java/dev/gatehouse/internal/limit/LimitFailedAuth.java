package dev.gatehouse.internal.limit;

import dev.gatehouse.internal.http.IpAddress;
import dev.gatehouse.internal.plugin.Attempt;
import dev.gatehouse.internal.plugin.AttemptGuard;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.Permit;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code limit-failed-auth}: limits failed attempts to authenticate, per client address and per
 * presented key id.
 *
 * <p>An address that has used up its failures is refused before any credential plugin runs. A key
 * id, such as a username, that has used up its failures is refused only to addresses that have
 * failed with it in this window: an attacker with many addresses has one guess per address, and the
 * owner, which does not fail, is never locked out. A wrong value beside a right one, as on a Route
 * with {@code multi-auth}, is a failure too. Unknown key ids count as known ones do, so the answer
 * reveals nothing. A success takes no failure back: an attacker with one good credential could
 * guess others without end.
 *
 * <p>An attempt reserves its possible failure before anything is verified and returns it when it
 * ends, so attempts that run at the same time test no more values than attempts that follow one
 * another. When reservations alone use up a window, an attempt waits for one of them for at most
 * {@link #MAX_WAIT_MILLIS}, and is then refused.
 *
 * <p>Routes with an equal {@code time_window} count together. An IPv6 client is counted by its
 * network, see {@code ipv6_prefix}. APISIX has no such plugin.
 */
public final class LimitFailedAuth implements AttemptGuard<LimitFailedAuth.Config> {
  /** Longest wait of an attempt for earlier attempts, in milliseconds. */
  static final long MAX_WAIT_MILLIS = 2_000;

  private static final long MILLIS = 1_000;
  private static final CounterOwner ALL_ROUTES = new CounterOwner("gate", "failed-auth");

  private final Reservations reservations = new Reservations();

  /**
   * The settings.
   *
   * @param ipv6Prefix the prefix length by which IPv6 clients are counted
   * @param perAddress the limit of failures per address
   * @param perKey the limit of failures per presented key id, from all addresses
   * @param refused the reply of a refusal
   */
  record Config(
      int ipv6Prefix,
      RateWindow perAddress,
      RateWindow perKey,
      Reply refused,
      RateLimiter limits,
      InstantSource ticker) {
    @Override
    public String toString() {
      return "limit-failed-auth(count=%d, key_count=%d, window=%ds)"
          .formatted(perAddress.limit(), perKey.limit(), perAddress.millis() / MILLIS);
    }
  }

  @Override
  public String name() {
    return "limit-failed-auth";
  }

  /** Higher than the priority of every credential plugin, because it runs before them. */
  @Override
  public int priority() {
    return 2700;
  }

  @Override
  public Config configure(SettingsReader settings, PluginServices parts) {
    int ipv6Prefix = LimitKey.readIpv6Prefix(settings);
    long millis = settings.integer("time_window", 1, LimitCount.MAX / MILLIS, 60) * MILLIS;
    RateWindow perAddress =
        new RateWindow(settings.integer("count", 1, LimitCount.MAX, 20), millis);
    RateWindow perKey = new RateWindow(settings.integer("key_count", 1, LimitCount.MAX, 5), millis);
    int code = (int) settings.integer("rejected_code", 200, 599, 429);
    Reply refused =
        Reply.message(
            code, settings.nonEmpty("rejected_msg").orElse("Too many failed authentications"));
    return new Config(ipv6Prefix, perAddress, perKey, refused, parts.limits(), parts.ticker());
  }

  @Override
  public Decision before(Config config, Attempt attempt) {
    FailureCounters counters = new FailureCounters(config, attempt);
    if (attempt.presented().isEmpty()) {
      return reserve(
          config, List.of(new Reservations.Claim(counters.address(), config.perAddress())));
    }
    Decision allowed = Decision.ALLOW;
    List<Permit> permits = new ArrayList<>();
    for (String presented : attempt.presented()) {
      allowed =
          reserve(
              config,
              List.of(
                  new Reservations.Claim(counters.key(presented), config.perKey()),
                  new Reservations.Claim(counters.both(presented), once(config))));
      if (!(allowed instanceof Decision.Allow allow) || allow.permit() == null) {
        permits.forEach(Permit::release);
        return allowed;
      }
      permits.add(allow.permit());
    }
    return Decision.Allow.holding(() -> permits.forEach(Permit::release));
  }

  /** Admits an attempt if one of the windows has room for a failure. */
  private Decision reserve(Config config, List<Reservations.Claim> claims) {
    Permit permit = reservations.reserve(claims, claim -> peek(config, claim).remaining());
    return permit == null
        ? deny(config, peek(config, claims.get(0)))
        : Decision.Allow.holding(permit);
  }

  private static RateWindow.Result peek(Config config, Reservations.Claim claim) {
    return config.limits().peek(claim.key(), claim.window(), config.ticker().millis());
  }

  @Override
  public Decision failed(Config config, Attempt attempt) {
    FailureCounters counters = new FailureCounters(config, attempt);
    for (String presented : attempt.presented()) {
      counters.count(counters.both(presented), once(config));
      counters.count(counters.key(presented), config.perKey());
    }
    RateWindow.Result ofAddress = counters.count(counters.address(), config.perAddress());
    return ofAddress.admitted() ? Decision.ALLOW : deny(config, ofAddress);
  }

  private static RateWindow once(Config config) {
    return new RateWindow(1, config.perAddress().millis());
  }

  private static Decision deny(Config config, RateWindow.Result state) {
    return new Decision.Deny(
        config.refused().with(List.of(RateLimitHeaders.retryAfter(state.resetMillis()))),
        "too many failed authentications");
  }

  /** The counters of one attempt. */
  private record FailureCounters(Config config, Attempt attempt) {
    CounterKey address() {
      return counter("address " + network());
    }

    CounterKey key(String presented) {
      return counter("key " + presented);
    }

    CounterKey both(String presented) {
      return counter("both " + presented + " " + network());
    }

    private String network() {
      return IpAddress.network(attempt.remoteAddress(), config.ipv6Prefix());
    }

    RateWindow.Result count(CounterKey key, RateWindow window) {
      return config.limits().acquire(key, window, config.ticker().millis());
    }

    private CounterKey counter(String value) {
      return new CounterKey(
          ALL_ROUTES, "limit-failed-auth", config.perAddress().millis() + " " + value);
    }
  }
}
