package dev.gatehouse.internal.restrict;

import dev.gatehouse.Consumer;
import dev.gatehouse.internal.http.HttpToken;
import dev.gatehouse.settings.ConfigProblem;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.Header;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code attach-consumer-label}: passes labels of the Consumer to the application as request
 * headers.
 *
 * <p>A header of the same name from the client is always hidden from the application and from
 * plugins, even if the Consumer has no such label.
 */
final class AttachConsumerLabel implements ConsumerInterceptor<AttachConsumerLabel.Config> {
  /** Headers that describe the request or its sender. */
  private static final Set<String> TAKEN =
      byName(
          "authorization",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "cookie",
          "expect",
          "host",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "x-consumer-custom-id",
          "x-consumer-username",
          "x-credential-identifier",
          "x-forwarded-for");

  private static Set<String> byName(String... names) {
    Set<String> set = new TreeSet<>(Header.BY_NAME);
    set.addAll(List.of(names));
    return Collections.unmodifiableSet(set);
  }

  /**
   * The settings.
   *
   * @param labels the names of labels by header name
   */
  record Config(Map<String, String> labels) {
    @Override
    public String toString() {
      return "attach-consumer-label(" + labels + ")";
    }
  }

  @Override
  public String name() {
    return "attach-consumer-label";
  }

  @Override
  public int priority() {
    return 2399;
  }

  @Override
  public Config configure(SettingsReader settings, PluginServices parts) {
    Map<String, String> labels = new TreeMap<>(Header.BY_NAME);
    Map<String, String> given = settings.textMap("headers");
    if (given.isEmpty()) {
      if (settings.has("headers")) {
        settings.reportIfFirst("headers", "must hold at least one header name");
      } else {
        settings.report(
            "headers",
            ConfigProblem.Code.REQUIRED,
            "is required: an object of at least one header name");
      }
    }
    given.forEach(
        (header, label) -> {
          boolean token = HttpToken.isToken(header) && header.length() <= 100;
          if (!token || TAKEN.contains(header)) {
            settings.report(
                "headers." + header, "must be a header name (RFC 9110 token) that is free");
          }
          if (!label.startsWith("$") || label.length() == 1) {
            settings.report("headers." + header, "must be $ and the name of a label");
          } else if (labels.put(header, label.substring(1)) != null) {
            settings.report(
                "headers." + header,
                "is there twice but for upper and lower case, or hyphen and underscore");
          }
        });
    return new Config(labels);
  }

  @Override
  public Set<String> ownHeaders(Config config) {
    return config.labels().keySet();
  }

  @Override
  public Decision check(Config config, InterceptedRequest call) {
    Consumer consumer = call.consumer();
    Map<String, String> labels = consumer == null ? Map.of() : consumer.labels();
    Map<String, Optional<String>> attached = new HashMap<>();
    config
        .labels()
        .forEach((header, label) -> attached.put(header, Optional.ofNullable(labels.get(label))));
    return Decision.Allow.builder().attach(attached).build();
  }
}
