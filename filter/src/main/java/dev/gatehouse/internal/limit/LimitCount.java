package dev.gatehouse.internal.limit;

import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code limit-count}: a number of requests per window, or per each of several windows.
 *
 * <p>Counters belong to the owner of the settings, so two Consumers with equal settings do not
 * share one, unless both name a {@code group}. Refused requests are not counted; refusals carry
 * {@code Retry-After}. With several {@code rules} the first refusal ends the request, and counts of
 * earlier rules remain.
 */
public final class LimitCount implements ConsumerInterceptor<LimitCount.Config> {
  /** The largest whole number that is exact in every JSON reader. */
  static final long MAX = (1L << 53) - 1;

  private static final String USED_UP = "the window is used up";
  private static final Decision UNKNOWN =
      new Decision.Deny(Reply.errorMessage(500, null), "no limit can be made out");

  /**
   * The settings.
   *
   * @param rules at least one
   * @param refused the reply if a window is used up
   * @param enforced whether requests are refused, or only logged
   * @param failOpen whether a request passes if no limit applies
   */
  public record Config(
      List<CountRule> rules,
      RateLimitHeaders.Names names,
      Reply refused,
      boolean enforced,
      boolean failOpen,
      LimitCounters counters) {
    @Override
    public String toString() {
      return "limit-count("
          + String.join("; ", rules.stream().map(CountRule::toString).toList())
          + ")";
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
  public Config configure(SettingsReader settings, PluginServices parts) {
    RateWindow.Kind kind = LimitSettings.kind(settings);
    LimitCounters counters = LimitCounters.read(settings, parts);
    RateLimitHeaders.Names names = RateLimitHeaders.Names.read(settings);
    List<CountRule> rules =
        settings.has("rules")
            ? several(settings, kind, names)
            : List.of(CountRule.single(settings, kind, names.single()));
    counters.checkInterval(settings, rules);
    int code =
        (int) settings.integer("rejected_code", 200, 599, parts.profile().limitRejectedCode());
    Reply refused = Reply.errorMessage(code, settings.nonEmpty("rejected_msg").orElse(null));
    return new Config(
        rules,
        names,
        refused,
        settings.flag("enforce", true),
        settings.flag("allow_degradation", false),
        counters);
  }

  private static List<CountRule> several(
      SettingsReader settings, RateWindow.Kind kind, RateLimitHeaders.Names names) {
    // Both are asked for, so that neither is reported as unknown.
    if (Stream.of("count", "time_window").filter(settings::has).count() > 0) {
      settings.report("rules", "count/time_window and rules cannot be specified at the same time");
    }
    if (settings.has("group")) {
      settings.report("rules", "group and rules cannot be specified at the same time");
    }
    List<CountRule> rules = CountRule.several(settings, kind, names);
    if (rules.isEmpty()) {
      settings.reportIfFirst("rules", "must be a list of at least one object");
    }
    return List.copyOf(rules);
  }

  @Override
  public Decision check(Config config, InterceptedRequest call) {
    try {
      boolean plain = config.rules().size() == 1 && !config.names().ietf();
      return plain ? plain(config, config.rules().get(0), call) : new Count(config, call).decide();
    } catch (StoreException notCounted) {
      return config.counters().passUncounted()
          ? Decision.ALLOW
          : new Decision.Deny(
              Reply.errorMessage(500, "failed to limit count"), String.valueOf(notCounted));
    }
  }

  /** The usual case of one rule, by the shortest way. */
  private static Decision plain(Config config, CountRule rule, InterceptedRequest call) {
    RateWindow window = rule.window(call);
    RateWindow.Result state = window == null ? null : rule.count(call, window, config.counters());
    if (state == null || window == null) {
      return config.failOpen() ? Decision.ALLOW : UNKNOWN;
    }
    List<Header> told = config.names().x() ? rule.headers(window, state) : List.<Header>of();
    return state.admitted() ? allowed(told, false) : over(config, told, state);
  }

  private static Decision allowed(List<Header> told, boolean over) {
    if (over) {
      return Decision.Allow.builder().headers(told).shadow(USED_UP).build();
    }
    return told.isEmpty() ? Decision.ALLOW : Decision.Allow.headers(told);
  }

  private static Decision over(Config config, List<Header> told, RateWindow.Result state) {
    if (!config.enforced()) {
      return allowed(told, true);
    }
    List<Header> all = new ArrayList<>(told);
    all.add(RateLimitHeaders.retryAfter(state.resetMillis()));
    return new Decision.Deny(config.refused().with(all), USED_UP);
  }

  /** The count of one request by several rules; used once. */
  private static final class Count {
    private final Config config;
    private final InterceptedRequest call;
    private List<Header> headers = List.of();
    private @Nullable StringBuilder policies;
    private @Nullable StringBuilder lefts;
    private boolean applied;
    private boolean over;

    Count(Config config, InterceptedRequest call) {
      this.config = config;
      this.call = call;
    }

    Decision decide() {
      for (CountRule rule : config.rules()) {
        RateWindow window = rule.window(call);
        if (window == null && rule.counter(call, null) != null) {
          return unknown();
        }
        RateWindow.Result state =
            window == null ? null : rule.count(call, window, config.counters());
        if (state == null || window == null) {
          continue;
        }
        applied = true;
        addHeaders(rule, window, state);
        over |= !state.admitted();
        if (!state.admitted() && config.enforced()) {
          return over(config, responseHeaders(), state);
        }
      }
      return applied ? allowed(responseHeaders(), over) : unknown();
    }

    private Decision unknown() {
      return config.failOpen() ? Decision.ALLOW : UNKNOWN;
    }

    private void addHeaders(CountRule rule, RateWindow window, RateWindow.Result state) {
      if (config.names().x()) {
        headers = joined(rule.headers(window, state));
      }
      if (config.names().ietf()) {
        policies = appended(policies, rule.quota().policyOf(window));
        lefts = appended(lefts, rule.quota().leftOf(state));
      }
    }

    private List<Header> joined(List<Header> more) {
      List<Header> all = new ArrayList<>(headers);
      all.addAll(more);
      return all;
    }

    private static StringBuilder appended(@Nullable StringBuilder members, String member) {
      return members == null ? new StringBuilder(member) : members.append(", ").append(member);
    }

    private List<Header> responseHeaders() {
      if (policies == null || lefts == null) {
        return headers;
      }
      return joined(
          List.of(
              new Header("RateLimit-Policy", policies.toString()),
              new Header("RateLimit", lefts.toString())));
    }
  }
}
