package dev.gatehouse.internal.limit;

import dev.gatehouse.internal.http.IpAddress;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key of a limit's counters: the settings {@code key} and {@code key_type}.
 *
 * <p>A request without a value is counted by its remote address in a separate space, so that a
 * client cannot send the address of another client as a value. Immutable and safe for use by
 * several threads.
 *
 * @param variable the variable
 * @param space the space of the counters; different for different keys of a plugin
 * @param fallback the space of requests without a value
 * @param namesConsumer whether the variable is the Consumer's username
 * @param ipv6Prefix the prefix length by which IPv6 clients are counted
 */
record LimitKey(
    Variable variable, String space, String fallback, boolean namesConsumer, int ipv6Prefix) {
  private static final int DEFAULT_IPV6_PREFIX = 64;
  private static final int MAX_IPV6_PREFIX = 128;

  /** The key types of limits without constant keys. */
  static final List<String> VARIABLE_TYPES = List.of("var", "var_combination");

  private static final List<String> TYPES = List.of("var", "var_combination", "constant");

  /** Longer values are replaced by their digest, so that the size of a counter is bounded. */
  private static final int MAX_VALUE_LENGTH = 128;

  /** Reads the settings of a plugin. */
  static LimitKey read(SettingsReader settings, String plugin) {
    return read(settings, plugin, TYPES);
  }

  /** Reads the settings of a plugin with the given key types. */
  static LimitKey read(SettingsReader settings, String plugin, List<String> types) {
    String type = settings.choice("key_type", types, "var");
    String key = settings.text("key", "remote_addr");
    int prefix = readIpv6Prefix(settings);
    Variable variable =
        switch (type) {
          case "constant" -> call -> key;
          case "var_combination" -> template(settings, key);
          default -> variable(settings, key);
        };
    return of(variable, plugin + " " + type + " " + key, plugin + " without " + key, prefix);
  }

  /** Returns a key that is a template. */
  static LimitKey template(SettingsReader settings, String text, String space) {
    return of(template(settings, text), space, space, readIpv6Prefix(settings));
  }

  /** Reads the setting {@code ipv6_prefix}. */
  static int readIpv6Prefix(SettingsReader settings) {
    return (int) settings.integer("ipv6_prefix", 1, MAX_IPV6_PREFIX, DEFAULT_IPV6_PREFIX);
  }

  /** The prefix is part of the space: counters of different prefixes are distinct. */
  private static LimitKey of(Variable variable, String space, String fallback, int ipv6Prefix) {
    String suffix = ipv6Prefix == DEFAULT_IPV6_PREFIX ? "" : " /" + ipv6Prefix;
    boolean concerned = variable instanceof KeyTemplate || variable == Variable.REMOTE_ADDR;
    Variable counted =
        variable instanceof KeyTemplate template
            ? template.map(part -> byNetwork(part, ipv6Prefix))
            : byNetwork(variable, ipv6Prefix);
    boolean named = variable == Variable.CONSUMER_NAME;
    return new LimitKey(
        counted, concerned ? space + suffix : space, fallback + suffix, named, ipv6Prefix);
  }

  private static Variable byNetwork(Variable variable, int ipv6Prefix) {
    return variable == Variable.REMOTE_ADDR
        ? call -> IpAddress.network(call.request().remoteAddress(), ipv6Prefix)
        : variable;
  }

  /** Returns the counter of a request, or null if the request has no value. */
  @Nullable CounterKey present(InterceptedRequest call) {
    String value = variable.of(call);
    return value == null ? null : key(call, value);
  }

  /** Returns the counter of a request. */
  CounterKey counter(InterceptedRequest call) {
    String value = variable.of(call);
    return value == null ? new CounterKey(call.owner(), fallback, network(call)) : key(call, value);
  }

  private CounterKey key(InterceptedRequest call, String value) {
    return new CounterKey(call.owner(), space, bounded(value), namesConsumer);
  }

  private String network(InterceptedRequest call) {
    return IpAddress.network(call.request().remoteAddress(), ipv6Prefix);
  }

  private static Variable variable(SettingsReader settings, String key) {
    return Variable.named(key)
        .orElseGet(
            () -> {
              settings.report(
                  "key", "must name a known variable: " + Variable.KNOWN + "; was \"" + key + '"');
              return Variable.REMOTE_ADDR;
            });
  }

  private static Variable template(SettingsReader settings, String key) {
    KeyTemplateParser parser = new KeyTemplateParser(key);
    KeyTemplate template = parser.parse();
    parser.problems().forEach(problem -> settings.report("key", problem));
    return template;
  }

  private static String bounded(String value) {
    if (value.length() <= MAX_VALUE_LENGTH) {
      return value;
    }
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha.digest(value.getBytes(StandardCharsets.UTF_8));
      return "SHA-256 " + Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
