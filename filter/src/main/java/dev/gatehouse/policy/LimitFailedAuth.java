package dev.gatehouse.policy;

import dev.gatehouse.SettingsReader;
import dev.gatehouse.spi.Attempt;
import dev.gatehouse.spi.AttemptGuard;
import dev.gatehouse.spi.Call;
import dev.gatehouse.spi.CounterKey;
import dev.gatehouse.spi.Decision;
import dev.gatehouse.spi.Parts;
import dev.gatehouse.spi.RateLimitBackend;
import dev.gatehouse.spi.Reply;
import dev.gatehouse.spi.Window;
import java.time.InstantSource;
import java.util.List;

/**
 * {@code limit-failed-auth}: so many failed attempts to prove who calls, per client address and per
 * presented key id.
 *
 * <p>An address that has used up its failures is refused before any credential plugin runs. A key
 * id, as a username, that has used up its own is refused only to addresses that have failed with it
 * in this window: somebody who guesses from everywhere has one guess per address, and the owner,
 * who does not fail, is never locked out. A wrong value beside a right one, as on a Route with
 * {@code multi-auth}, is a failure too. Unknown key ids count as known ones do, so that the answer
 * tells nothing. A success takes nothing back, or an attacker with one good credential could guess
 * others without end.
 *
 * <p>Routes with an equal {@code time_window} count together. Requests that are judged at the same
 * instant are all let through to the credential plugins, and each that is one too many is told so
 * instead of 401. Source: security K9; the reference has no such plugin.
 */
final class LimitFailedAuth implements AttemptGuard<LimitFailedAuth.Config> {
  private static final long MILLIS = 1_000;
  private static final Call.Owner ALL_ROUTES = new Call.Owner("gate", "failed-auth");

  /**
   * The settings.
   *
   * @param perAddress failures of one address, whatever it presents
   * @param perKey failures with one presented key id, from all addresses
   * @param refused what a client is told
   */
  record Config(
      Window perAddress,
      Window perKey,
      Reply refused,
      RateLimitBackend limits,
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

  /** Above every credential plugin of the reference, because it is asked before them. */
  @Override
  public int priority() {
    return 2700;
  }

  @Override
  public Config configure(SettingsReader settings, Parts parts) {
    long millis = settings.integer("time_window", 1, LimitCount.MOST / MILLIS, 60) * MILLIS;
    Window perAddress = new Window(settings.integer("count", 1, LimitCount.MOST, 20), millis);
    Window perKey = new Window(settings.integer("key_count", 1, LimitCount.MOST, 5), millis);
    int code = (int) settings.integer("rejected_code", 200, 599, 429);
    Reply refused =
        Reply.message(
            code, settings.nonEmpty("rejected_msg").orElse("Too many failed authentications"));
    return new Config(perAddress, perKey, refused, parts.limits(), parts.ticker());
  }

  @Override
  public Decision before(Config config, Attempt attempt) {
    Counters counters = new Counters(config, attempt);
    Window.State ofAddress = counters.peek(counters.address(), config.perAddress());
    if (!ofAddress.admitted()) {
      return deny(config, ofAddress);
    }
    for (String presented : attempt.presented()) {
      Window.State ofKey = counters.peek(counters.key(presented), config.perKey());
      if (!ofKey.admitted() && !counters.peek(counters.both(presented), once(config)).admitted()) {
        return deny(config, ofKey);
      }
    }
    return Decision.ALLOW;
  }

  @Override
  public Decision failed(Config config, Attempt attempt) {
    Counters counters = new Counters(config, attempt);
    for (String presented : attempt.presented()) {
      counters.count(counters.both(presented), once(config));
      counters.count(counters.key(presented), config.perKey());
    }
    Window.State ofAddress = counters.count(counters.address(), config.perAddress());
    return ofAddress.admitted() ? Decision.ALLOW : deny(config, ofAddress);
  }

  private static Window once(Config config) {
    return new Window(1, config.perAddress().millis());
  }

  private static Decision deny(Config config, Window.State state) {
    return new Decision.Deny(
        config.refused().with(List.of(QuotaHeaders.retryAfter(state.resetMillis()))),
        "too many failed authentications");
  }

  /** The counters that an attempt has to do with. */
  private record Counters(Config config, Attempt attempt) {
    CounterKey address() {
      return counter("address " + ClientNetwork.of(attempt.remoteAddress()));
    }

    CounterKey key(String presented) {
      return counter("key " + presented);
    }

    CounterKey both(String presented) {
      return counter("both " + presented + " " + ClientNetwork.of(attempt.remoteAddress()));
    }

    Window.State peek(CounterKey key, Window window) {
      return config.limits().peek(key, window, config.ticker().millis());
    }

    Window.State count(CounterKey key, Window window) {
      return config.limits().acquire(key, window, config.ticker().millis());
    }

    private CounterKey counter(String value) {
      return new CounterKey(
          ALL_ROUTES, "limit-failed-auth", config.perAddress().millis() + " " + value);
    }
  }
}
