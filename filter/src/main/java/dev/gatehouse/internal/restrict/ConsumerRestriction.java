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
 * {@code consumer-restriction}: who may pass by name, and with which methods; or, on a Consumer,
 * which Routes or applications it may use.
 *
 * <p>The Route's name is the {@code route_id}, the application's context path the {@code
 * service_id}; that of the root application is {@code /}. Source: reference section 3.6.
 */
final class ConsumerRestriction implements ConsumerInterceptor<ConsumerRestriction.Config> {
  private static final List<String> TYPES =
      List.of("consumer_name", "consumer_group_id", "service_id", "route_id");

  /**
   * The settings.
   *
   * @param type what is compared
   * @param denied values that are refused; empty when there is no blacklist
   * @param allowed the only values that pass; empty when there is no whitelist
   * @param methods value to the methods that it may use
   * @param missing the answer to a request without a value
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
      settings.mistake(
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

  /**
   * Of several entries for one user the first decides, as in the reference; an empty list bounds no
   * caller.
   */
  private static Map<String, Set<String>> methods(SettingsReader settings) {
    Map<String, Set<String>> methods = new LinkedHashMap<>();
    for (SettingsReader entry : settings.objects("allowed_by_methods")) {
      String user = entry.requiredText("user");
      if (!entry.has("methods")) {
        entry.mistake(
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
