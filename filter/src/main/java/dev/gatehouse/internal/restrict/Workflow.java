package dev.gatehouse.internal.restrict;

import dev.gatehouse.internal.limit.LimitConn;
import dev.gatehouse.internal.limit.LimitCount;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.limit.CounterOwner;
import dev.gatehouse.spi.plugin.Condition;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code workflow}: rules with conditions on the request.
 *
 * <p>The first action of the first rule whose {@code case} holds is run: {@code return} refuses,
 * {@code limit-count} and {@code limit-conn} limit. The plugin of the same name does not run again
 * in its normal order. Each rule has its own counters.
 */
final class Workflow implements ConsumerInterceptor<Workflow.Config> {
  private final LimitCount limitCount;
  private final LimitConn limitConn;

  /** Creates the plugin with the limit plugins, whose state it shares. */
  Workflow(LimitCount limitCount, LimitConn limitConn) {
    this.limitCount = limitCount;
    this.limitConn = limitConn;
  }

  /** The rules in order. */
  record Config(List<Rule> rules) {
    @Override
    public String toString() {
      return "workflow(" + rules.size() + " rules)";
    }
  }

  /**
   * One rule.
   *
   * @param name the name of the action
   * @param action the action
   */
  record Rule(Condition condition, String name, Action action) {}

  /** The action of a rule. */
  private interface Action {
    Decision run(InterceptedRequest call);
  }

  @Override
  public String name() {
    return "workflow";
  }

  @Override
  public int priority() {
    return 1006;
  }

  @Override
  public Config configure(SettingsReader settings, PluginServices parts) {
    List<Rule> rules = new ArrayList<>();
    for (SettingsReader rule : settings.objects("rules")) {
      Condition condition =
          rule.has("case") ? ConditionParser.read(rule, "case") : Condition.ALWAYS;
      rules.add(rule(new Place(rule, parts, rules.size()), condition));
      rule.finish();
    }
    if (rules.isEmpty()) {
      report(settings, "rules", "a list of at least one object");
    }
    return new Config(List.copyOf(rules));
  }

  private Rule rule(Place place, Condition condition) {
    List<?> given = place.settings().elements("actions");
    List<Rule> actions = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      actions.add(action(place, "actions[" + i + "]", given.get(i), condition));
    }
    if (actions.isEmpty()) {
      report(place.settings(), "actions", "a list of at least one action");
      return new Rule(condition, "", call -> Decision.ALLOW);
    }
    return actions.get(0);
  }

  private static void report(SettingsReader settings, String name, String allowed) {
    if (settings.has(name)) {
      settings.report(name, "must be " + allowed);
    } else {
      settings.report(name, ConfigProblem.Code.REQUIRED, "is required: " + allowed);
    }
  }

  /** The position of a rule. */
  private record Place(SettingsReader settings, PluginServices parts, int index) {}

  private Rule action(Place place, String where, Object given, Condition condition) {
    if (!(given instanceof List<?> pair)
        || pair.size() != 2
        || !(pair.get(0) instanceof String name)) {
      place.settings().report(where, "must be a name and an object, as [\"return\", {}]");
      return new Rule(condition, "", call -> Decision.ALLOW);
    }
    SettingsReader settings = place.settings().object(where + "[1]", pair.get(1));
    Action action = action(name, settings, place.parts());
    if (action == null) {
      place.settings().report(where, "unsupported action: " + name);
      return new Rule(condition, "", call -> Decision.ALLOW);
    }
    settings.finish();
    return new Rule(condition, name, call -> action.run(owned(call, place.index())));
  }

  private @Nullable Action action(String name, SettingsReader settings, PluginServices parts) {
    return switch (name) {
      case "return" -> refusing(settings);
      case "limit-count" -> {
        settings.refuse("group", "group is not supported");
        LimitCount.Config config = limitCount.configure(settings, parts);
        yield call -> limitCount.check(config, call);
      }
      case "limit-conn" -> {
        LimitConn.Config config = limitConn.configure(settings, parts);
        yield call -> limitConn.check(config, call);
      }
      default -> null;
    };
  }

  private static Action refusing(SettingsReader settings) {
    int code = (int) settings.integer("code", 200, 599);
    Decision refused =
        new Decision.Deny(Reply.errorMessage(code, "rejected by workflow"), "a rule refuses");
    return call -> refused;
  }

  /** Separates a rule's counters from those of other rules and of the plugin itself. */
  private static InterceptedRequest owned(InterceptedRequest call, int index) {
    CounterOwner owner = call.owner();
    return new InterceptedRequest(
        call.request(),
        call.consumer(),
        new CounterOwner("workflow " + index + " " + owner.layer(), owner.name()),
        call.route());
  }

  @Override
  public Decision check(Config config, InterceptedRequest call) {
    for (Rule rule : config.rules()) {
      if (rule.condition().holds(call)) {
        Decision decision = rule.action().run(call);
        return decision instanceof Decision.Allow allow
            ? allow.toBuilder().handled(rule.name()).build()
            : decision;
      }
    }
    return Decision.ALLOW;
  }
}
