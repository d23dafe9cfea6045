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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code consumer-restriction}: the Consumers that may pass, and their methods; or, on a Consumer,
 * the Routes or applications that it may use.
 *
 * <p>The Route's name is the {@code route_id}, and the application's context path is the {@code
 * service_id}; that of the root application is {@code /}.
 */
final class ConsumerRestriction implements ConsumerInterceptor<ConsumerRestriction.Config> {
  private static final List<String> TYPES =
      List.of("consumer_name", "consumer_group_id", "service_id", "route_id");

  /**
   * The settings.
   *
   * @param type the compared value
   * @param denied the refused values; empty without a blacklist
   * @param allowed the allowed values; empty without a whitelist
   * @param methods the allowed methods by value
   * @param missing the reply to a request without a value
   */
  record Config(
      String type,
      Set<String> denied,
      Set<String> allowed,
      Map<String, Set<String>> methods,
      Reply missing,
      Reply refused) {
    @Override
    public String toString() {
      return "consumer-restriction(type=%s, whitelist=%s, blacklist=%s, allowed_by_methods=%s)"
          .formatted(type, allowed, denied, methods);
    }
  }

  @Override
  public String name() {
    return "consumer-restriction";
  }

  @Override
  public int priority() {
    return 2400;
  }

  @Override
  public Config configure(SettingsReader settings, PluginServices parts) {
    String type = settings.choice("type", TYPES, "consumer_name");
    List<String> given =
        Stream.of("whitelist", "blacklist", "allowed_by_methods").filter(settings::has).toList();
    if (given.isEmpty()) {
      settings.report(
          "whitelist",
          ConfigProblem.Code.REQUIRED,
          "is required: a list, unless blacklist or allowed_by_methods is given");
    }
    int code = (int) settings.integer("rejected_code", 200, 599, 403);
    String text = settings.nonEmpty("rejected_msg").orElse("The " + type + " is forbidden.");
    return new Config(
        type,
        Set.copyOf(settings.texts("blacklist")),
        Set.copyOf(settings.texts("whitelist")),
        methods(settings),
        Reply.message(
            401, "The request is rejected, please check the " + type + " for this request"),
        Reply.message(code, text));
  }

  /** The first of several entries for a user decides, as in APISIX. An empty list has no effect. */
  private static Map<String, Set<String>> methods(SettingsReader settings) {
    Map<String, Set<String>> methods = new LinkedHashMap<>();
    for (SettingsReader entry : settings.objects("allowed_by_methods")) {
      String user = entry.requiredText("user");
      if (!entry.has("methods")) {
        entry.report(
            "methods", ConfigProblem.Code.REQUIRED, "is required: a list of at least one method");
      }
      methods.putIfAbsent(user, Set.copyOf(entry.texts("methods")));
      entry.finish();
    }
    return methods;
  }

  @Override
  public Decision check(Config config, InterceptedRequest call) {
    String value = value(config.type(), call);
    if (value == null) {
      return new Decision.Deny(config.missing(), "no " + config.type());
    }
    if (config.denied().contains(value)) {
      return new Decision.Deny(config.refused(), "blacklist");
    }
    boolean allowed = config.allowed().contains(value);
    if (!config.allowed().isEmpty() && !allowed) {
      return new Decision.Deny(config.refused(), "not in the whitelist");
    }
    Set<String> methods = allowed ? null : config.methods().get(value);
    return methods == null || methods.contains(call.request().method())
        ? Decision.ALLOW
        : new Decision.Deny(config.refused(), "method");
  }

  private static @Nullable String value(String type, InterceptedRequest call) {
    Consumer consumer = call.consumer();
    return switch (type) {
      case "route_id" -> call.route();
      case "service_id" -> call.service();
      case "consumer_group_id" -> consumer == null ? null : consumer.group().orElse(null);
      default -> consumer == null ? null : consumer.username();
    };
  }
}
