package dev.gatehouse.internal.limit;

import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.Delay;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.Permit;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import dev.gatehouse.spi.store.StoreException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code limit-conn}: a number of concurrent requests. Some more are delayed, the others are
 * refused.
 *
 * <p>A request counts until it is complete, including its asynchronous part. With several {@code
 * rules} all must admit the request; otherwise the permits of the earlier rules are released.
 */
public final class LimitConn implements ConsumerInterceptor<LimitConn.Config> {
  private static final long MAX_DELAY = 3_600_000;
  private static final long MAX = 1_000_000_000;

  private final Connections connections = new Connections();

  /**
   * The settings.
   *
   * @param rules at least one
   * @param severalRules whether a rule without a number or key is skipped
   * @param delay the delay in milliseconds for each full {@code conn} ahead
   * @param failOpen whether a request passes if no limit applies
   */
  public record Config(
      List<Rule> rules,
      boolean severalRules,
      long delay,
      Reply refused,
      boolean failOpen,
      LimitCounters counters) {
    @Override
    public String toString() {
      return "limit-conn(" + rules + ")";
    }
  }

  /**
   * One limit.
   *
   * @param conn the number of concurrent requests without a delay
   * @param burst the number of further requests that may run after a delay
   */
  record Rule(LimitValue conn, LimitValue burst, LimitKey key) {
    @Override
    public String toString() {
      return "conn=" + conn + ", burst=" + burst;
    }
  }

  @Override
  public String name() {
    return "limit-conn";
  }

  @Override
  public int priority() {
    return 1003;
  }

  @Override
  public Config configure(SettingsReader settings, PluginServices parts) {
    long delay = settings.thousandths("default_conn_delay", 1, MAX_DELAY);
    settings.flag("only_use_default_delay", false);
    boolean several = settings.has("rules");
    List<Rule> rules = several ? several(settings) : List.of(single(settings));
    settings.refuse("sync", "is for windows: what runs is counted exactly");
    settings.refuse("sync_interval", "is for windows: what runs is counted exactly");
    LimitCounters counters = LimitCounters.read(settings, parts);
    int code =
        (int) settings.integer("rejected_code", 200, 599, parts.profile().limitRejectedCode());
    Reply refused =
        Reply.errorMessage(code, settings.nonEmpty("rejected_msg").orElse(null))
            .with(List.of(new Header("Retry-After", "1")));
    return new Config(
        rules, several, delay, refused, settings.flag("allow_degradation", false), counters);
  }

  private static Rule single(SettingsReader settings) {
    LimitSettings.requireKey(settings);
    return new Rule(
        LimitValue.read(settings, "conn", 1, MAX),
        LimitValue.read(settings, "burst", 0, MAX),
        LimitKey.read(settings, "limit-conn", LimitKey.VARIABLE_TYPES));
  }

  private static List<Rule> several(SettingsReader settings) {
    List<Rule> rules = new ArrayList<>();
    for (String name : List.of("conn", "burst", "key")) {
      if (settings.has(name)) {
        settings.report("rules", "must not be combined with " + name);
      }
    }
    for (SettingsReader one : settings.objects("rules")) {
      String key = one.requiredText("key");
      rules.add(
          new Rule(
              LimitValue.read(one, "conn", 1, MAX),
              LimitValue.read(one, "burst", 0, MAX),
              LimitKey.template(one, key, "limit-conn rule " + rules.size() + " " + key)));
      one.finish();
    }
    if (rules.isEmpty()) {
      settings.reportIfFirst("rules", "must be a list of at least one object");
    }
    return List.copyOf(rules);
  }

  @Override
  public Decision check(Config config, InterceptedRequest call) {
    List<Permit> held = new ArrayList<>(config.rules().size());
    boolean kept = false;
    try {
      Decision decision = enter(config, call, held);
      kept = decision instanceof Decision.Allow;
      return decision;
    } catch (StoreException notCounted) {
      return config.counters().passUncounted()
          ? Decision.ALLOW
          : new Decision.Deny(
              Reply.errorMessage(500, "failed to limit conn"), String.valueOf(notCounted));
    } finally {
      if (!kept) {
        held.forEach(Permit::release);
      }
    }
  }

  private Decision enter(Config config, InterceptedRequest call, List<Permit> held) {
    long delay = 0;
    for (Rule rule : config.rules()) {
      long conn = rule.conn().of(call);
      long burst = rule.burst().of(call);
      boolean unknown = conn == LimitValue.NONE || burst == LimitValue.NONE;
      CounterKey key = config.severalRules() ? rule.key().present(call) : rule.key().counter(call);
      if (unknown || key == null) {
        continue;
      }
      LimitCounters.Entry entry = config.counters().enter(key, conn + burst, connections);
      long running = entry.running();
      if (running == 0) {
        return new Decision.Deny(config.refused(), "too many requests at once");
      }
      held.add(entry.permit());
      delay = Math.max(delay, running > conn ? config.delay() * ((running - 1) / conn) : 0);
    }
    if (held.isEmpty()) {
      return config.failOpen()
          ? Decision.ALLOW
          : new Decision.Deny(Reply.errorMessage(500, null), "no limit can be made out");
    }
    Decision.Allow.Builder allow = Decision.Allow.builder();
    if (delay > 0) {
      allow.delay(new Delay(Math.min(delay, MAX_DELAY), config.refused()));
    }
    return allow.permit(() -> held.forEach(Permit::release)).build();
  }

  /** Returns the number of keys with running requests. */
  int keys() {
    return connections.keys();
  }
}
