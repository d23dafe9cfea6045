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
 * What a limit counts by: the settings {@code key} and {@code key_type} (reference section 3.1).
 *
 * <p>A request without that part is counted by its remote address, in counters of their own, so
 * that nobody can send another client's address as a value. Immutable and safe for use by several
 * threads.
 *
 * @param variable what is asked of a request
 * @param space the counters of this key; differs for different keys of one plugin
 * @param fallback the counters of requests without that part
 * @param namesConsumer whether the variable is the name of the calling Consumer
 * @param ipv6Prefix the bits of an IPv6 client's address that are counted as one client
 */
record LimitKey(
    Variable variable, String space, String fallback, boolean namesConsumer, int ipv6Prefix) {
  private static final int DEFAULT_IPV6_PREFIX = 64;
  private static final int MAX_IPV6_PREFIX = 128;

  /** The types of the limits that have no constant key. */
  static final List<String> VARIABLE_TYPES = List.of("var", "var_combination");

  private static final List<String> TYPES = List.of("var", "var_combination", "constant");

  /** Longer values are counted by their digest, so that a counter has a bounded size. */
  private static final int MAX_VALUE_LENGTH = 128;

  /** Reads the settings of a plugin. */
  static LimitKey read(SettingsReader settings, String plugin) {
    return read(settings, plugin, TYPES);
  }

  /** Reads the settings of a plugin that knows some types only. */
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

  /** A key that is a template and nothing else. */
  static LimitKey template(SettingsReader settings, String text, String space) {
    return of(template(settings, text), space, space, readIpv6Prefix(settings));
  }

  /** Reads the setting {@code ipv6_prefix}. */
  static int readIpv6Prefix(SettingsReader settings) {
    return (int) settings.integer("ipv6_prefix", 1, MAX_IPV6_PREFIX, DEFAULT_IPV6_PREFIX);
  }

  /** Counters of different prefixes are different counters. */
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

  /** The counter of a request, or null when it lacks that part. */
  @Nullable CounterKey present(InterceptedRequest call) {
    String value = variable.of(call);
    return value == null ? null : key(call, value);
  }

  /** The counter of a request. */
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
              settings.mistake(
                  "key", "must name a known variable: " + Variable.KNOWN + "; was \"" + key + '"');
              return Variable.REMOTE_ADDR;
            });
  }

  private static Variable template(SettingsReader settings, String key) {
    KeyTemplateParser parser = new KeyTemplateParser(key);
    KeyTemplate template = parser.parse();
    parser.problems().forEach(problem -> settings.mistake("key", problem));
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
