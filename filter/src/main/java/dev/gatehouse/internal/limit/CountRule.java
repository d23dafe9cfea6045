package dev.gatehouse.internal.limit;

import dev.gatehouse.internal.derived.DerivedKey;
import dev.gatehouse.internal.derived.DerivedValues;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A limit of {@code limit-count}: a number of requests per window and key.
 *
 * @param window the limit if both numbers are constants, or null
 * @param limit the header of a constant limit, or null
 * @param group the group whose members share counters
 * @param skips whether the rule does not apply to a request without the key
 * @param quota the headers about the state of the limit
 * @param ofConsumer the counter that a Consumer holds if no other caller uses it
 */
record CountRule(
    LimitValue count,
    LimitValue seconds,
    RateWindow.Kind kind,
    @Nullable RateWindow window,
    @Nullable Header limit,
    LimitKey key,
    Optional<CounterOwner> group,
    boolean skips,
    RateLimitHeaders quota,
    DerivedKey<LimitCounters.KeyCounter> ofConsumer) {

  private static final long MILLIS = 1_000;

  /** The limit of the settings themselves. */
  static CountRule single(SettingsReader settings, RateWindow.Kind kind, RateLimitHeaders quota) {
    Optional<CounterOwner> group =
        settings.nonEmpty("group").map(name -> new CounterOwner("group", name));
    LimitValue[] numbers = numbers(settings);
    LimitKey counted = LimitKey.read(settings, space(kind) + " " + numbers[1]);
    return of(numbers, kind, counted, group, false, quota);
  }

  /** The limits of the setting {@code rules}, in their order. */
  static List<CountRule> several(
      SettingsReader settings, RateWindow.Kind kind, RateLimitHeaders.Names names) {
    List<CountRule> rules = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (SettingsReader one : settings.objects("rules")) {
      String key = one.requiredText("key");
      String prefix = one.nonEmpty("header_prefix").orElse(Integer.toString(rules.size() + 1));
      if (!prefix.matches("[A-Za-z0-9_-]{1,50}")) {
        one.report("header_prefix", "must be 1 to 50 letters, digits, hyphens and underscores");
        prefix = "x";
      }
      LimitValue[] numbers = numbers(one);
      if (!seen.add(numbers[1] + " " + key)) {
        settings.report("rules", "duplicate key '" + key + "' in rules");
      }
      LimitKey counted =
          LimitKey.template(one, key, space(kind) + " rule " + numbers[1] + " " + key);
      rules.add(of(numbers, kind, counted, Optional.empty(), true, names.ofRule(prefix)));
      one.finish();
    }
    return rules;
  }

  private static CountRule of(
      LimitValue[] numbers,
      RateWindow.Kind kind,
      LimitKey key,
      Optional<CounterOwner> group,
      boolean skips,
      RateLimitHeaders quota) {
    boolean fixed = numbers[0].variable() == null && numbers[1].variable() == null;
    RateWindow window =
        fixed && numbers[0].fixed() > 0 && numbers[1].fixed() > 0
            ? new RateWindow(numbers[0].fixed(), numbers[1].fixed() * MILLIS, kind)
            : null;
    Header limit = window == null ? null : quota.limitOf(window);
    return new CountRule(
        numbers[0], numbers[1], kind, window, limit, key, group, skips, quota, new DerivedKey<>());
  }

  private static LimitValue[] numbers(SettingsReader settings) {
    return new LimitValue[] {
      LimitValue.read(settings, "count", LimitCount.MAX),
      LimitValue.read(settings, "time_window", LimitCount.MAX / MILLIS)
    };
  }

  /** Counters of different kinds are never the same. */
  private static String space(RateWindow.Kind kind) {
    return kind == RateWindow.Kind.FIXED
        ? "limit-count"
        : "limit-count " + kind.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The limit for a request, or null when a variable gives none. */
  @Nullable RateWindow window(InterceptedRequest call) {
    if (window != null) {
      return window;
    }
    long limit = count.of(call);
    long length = seconds.of(call);
    return limit == LimitValue.NONE || length == LimitValue.NONE
        ? null
        : new RateWindow(limit, length * MILLIS, kind);
  }

  /** Limit, remaining and reset. */
  List<Header> headers(RateWindow asked, RateWindow.Result state) {
    return quota.of(limit == null ? quota.limitOf(asked) : limit, asked, state);
  }

  /**
   * Counts a request.
   *
   * @param asked the limit for the request
   * @return null if this rule does not apply
   * @throws dev.gatehouse.spi.store.StoreException if it cannot be counted
   */
  RateWindow.@Nullable Result count(
      InterceptedRequest call, RateWindow asked, LimitCounters counters) {
    if (key.namesConsumer()
        && seconds.variable() == null
        && call.consumer() instanceof DerivedValues holder) {
      LimitCounters.KeyCounter known = ofConsumer.get(holder);
      return (known == null ? derive(holder, call, counters) : known).acquire(asked);
    }
    CounterKey counted = counter(call, asked);
    return counted == null ? null : counters.acquire(counted, asked);
  }

  private LimitCounters.KeyCounter derive(
      DerivedValues holder, InterceptedRequest call, LimitCounters counters) {
    CounterKey counted = Objects.requireNonNull(counter(call, null), "a Consumer has a name");
    LimitCounters.KeyCounter counter = counters.counter(counted, kind);
    ofConsumer.put(holder, counter);
    return counter;
  }

  /**
   * What is counted for a request, or null when this rule does not apply.
   *
   * <p>Windows of different lengths never share a counter: the end of a short one would begin the
   * long one again.
   *
   * @param asked null when a variable gives no limit
   */
  @Nullable CounterKey counter(InterceptedRequest call, @Nullable RateWindow asked) {
    CounterKey counted = skips ? key.present(call) : key.counter(call);
    if (counted == null || (group.isEmpty() && seconds.variable() == null)) {
      return counted;
    }
    String space = counted.plugin();
    if (seconds.variable() != null && asked != null) {
      space = space + " " + asked.millis();
    }
    return new CounterKey(
        group.orElse(counted.owner()), space, counted.value(), counted.namesConsumer());
  }

  @Override
  public String toString() {
    return "count=" + count + ", window=" + seconds + "s";
  }
}
