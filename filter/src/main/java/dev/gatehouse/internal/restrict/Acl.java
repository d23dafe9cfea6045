package dev.gatehouse.internal.restrict;

import dev.gatehouse.Consumer;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.plugin.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * {@code acl}: access by the labels of the Consumer or, without a Consumer, of a user that the
 * application has authenticated.
 *
 * <p>A label matches if one of its values is listed. A label that the Consumer does not have never
 * matches. {@code deny_labels} are checked first.
 */
final class Acl implements ConsumerInterceptor<Acl.Config> {
  private static final Decision ANONYMOUS =
      new Decision.Deny(Reply.message(401, "Missing authentication."), "no consumer");

  /**
   * The settings.
   *
   * @param allow the allowed values by label; empty if every caller that is not denied passes
   * @param deny the denied values by label
   * @param external the labels of a user that the application has authenticated
   * @param refused the reply to a caller that may not pass
   */
  record Config(
      Map<String, Set<String>> allow,
      Map<String, Set<String>> deny,
      ExternalUser external,
      Reply refused) {
    @Override
    public String toString() {
      return "acl(allow=" + allow + ", deny=" + deny + ")";
    }
  }

  private final LabelValues values = new LabelValues();

  @Override
  public String name() {
    return "acl";
  }

  @Override
  public int priority() {
    return 2410;
  }

  @Override
  public Config configure(SettingsReader settings, PluginServices parts) {
    if (!settings.has("allow_labels") && !settings.has("deny_labels")) {
      settings.report(
          "allow_labels",
          ConfigProblem.Code.REQUIRED,
          "is required: label to list of values, unless deny_labels is given");
    }
    Map<String, Set<String>> allow = sets(settings.textLists("allow_labels"));
    Map<String, Set<String>> deny = sets(settings.textLists("deny_labels"));
    int code = (int) settings.integer("rejected_code", 200, 599, 403);
    String text = settings.text("rejected_msg").orElse("The consumer is forbidden.");
    return new Config(allow, deny, ExternalUser.read(settings), Reply.message(code, text));
  }

  @Override
  public Decision check(Config config, InterceptedRequest call) {
    Consumer consumer = call.consumer();
    if (consumer != null) {
      return decide(config, wanted -> matches(wanted, consumer.labels()));
    }
    Set<String> found = config.external().values(call, values);
    return found == null
        ? ANONYMOUS
        : decide(config, wanted -> matches(wanted, config.external().label(), found));
  }

  private static Decision decide(Config config, Predicate<Map<String, Set<String>>> matches) {
    if (matches.test(config.deny())) {
      return new Decision.Deny(config.refused(), "a label is denied");
    }
    if (!config.allow().isEmpty() && !matches.test(config.allow())) {
      return new Decision.Deny(config.refused(), "no label is allowed");
    }
    return Decision.ALLOW;
  }

  private static boolean matches(Map<String, Set<String>> wanted, String label, Set<String> found) {
    return wanted.getOrDefault(label, Set.of()).stream().anyMatch(found::contains);
  }

  private boolean matches(Map<String, Set<String>> wanted, Map<String, String> labels) {
    for (Map.Entry<String, Set<String>> one : wanted.entrySet()) {
      String label = labels.get(one.getKey());
      if (label != null && values.anyOf(label, one.getValue())) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, Set<String>> sets(Map<String, List<String>> lists) {
    Map<String, Set<String>> sets = new LinkedHashMap<>();
    lists.forEach((label, texts) -> sets.put(label, Set.copyOf(texts)));
    return sets;
  }
}
