package dev.gatehouse.policy;

import dev.gatehouse.Consumer;
import dev.gatehouse.SettingsReader;
import dev.gatehouse.spi.Call;
import dev.gatehouse.spi.ConsumerInterceptor;
import dev.gatehouse.spi.Decision;
import dev.gatehouse.spi.Parts;
import dev.gatehouse.spi.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code acl}: who may pass, by the labels of the Consumer.
 *
 * <p>A label that is listed with one of its values matches; a label that the Consumer does not have
 * matches nothing. {@code deny_labels} are asked first. Source: reference section 3.5.
 */
final class Acl implements ConsumerInterceptor<Acl.Config> {
  private static final Decision ANONYMOUS =
      new Decision.Deny(Reply.message(401, "Missing authentication."), "no consumer");

  private static final List<String> EXTERNAL_USER =
      List.of(
          "external_user_label_field",
          "external_user_label_field_key",
          "external_user_label_field_parser",
          "external_user_label_field_separator");

  /**
   * The settings.
   *
   * @param allow label to wanted values; empty when everybody passes who is not denied
   * @param deny label to unwanted values
   * @param refused what a Consumer is told that may not pass
   */
  record Config(Map<String, Set<String>> allow, Map<String, Set<String>> deny, Reply refused) {
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
  public Config configure(SettingsReader settings, Parts parts) {
    if (!settings.has("allow_labels") && !settings.has("deny_labels")) {
      settings.mistake("allow_labels", "is required, unless deny_labels is given");
    }
    Map<String, Set<String>> allow = sets(settings.textLists("allow_labels"));
    Map<String, Set<String>> deny = sets(settings.textLists("deny_labels"));
    int code = (int) settings.integer("rejected_code", 200, 599, 403);
    String text = settings.text("rejected_msg").orElse("The consumer is forbidden.");
    settings.notAvailable(EXTERNAL_USER);
    return new Config(allow, deny, Reply.message(code, text));
  }

  @Override
  public Decision check(Config config, Call call) {
    Consumer consumer = call.consumer();
    if (consumer == null) {
      return ANONYMOUS;
    }
    if (matches(config.deny(), consumer.labels())) {
      return new Decision.Deny(config.refused(), "a label is denied");
    }
    if (!config.allow().isEmpty() && !matches(config.allow(), consumer.labels())) {
      return new Decision.Deny(config.refused(), "no label is allowed");
    }
    return Decision.ALLOW;
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
