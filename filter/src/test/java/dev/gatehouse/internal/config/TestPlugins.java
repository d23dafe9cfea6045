package dev.gatehouse.internal.config;

import dev.gatehouse.Profile;
import dev.gatehouse.internal.auth.CredentialPlugins;
import dev.gatehouse.internal.plugin.PluginRegistry;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.LeakyBucketLimit;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.InterceptedRequest;
import dev.gatehouse.spi.plugin.PluginServices;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The plugins that configurations are read with in tests: key-auth and a small limiter. */
public final class TestPlugins {
  private TestPlugins() {}

  /** Returns what a configuration is read with, under an environment. */
  public static Reading reading(Map<String, String> environment) {
    return new Reading(known(), references(environment), LookupDigest.plain());
  }

  public static SecretReferences references(Map<String, String> environment) {
    return new SecretReferences(
        environment::get,
        file -> {
          throw new NoSuchFileException(file.toString());
        });
  }

  static PluginRegistry known() {
    PluginServices parts =
        new PluginServices(
            Profile.STRICT, new Unlimited(), InstantSource.system(), InstantSource.system());
    return new PluginRegistry(keyAuth(), List.of(new Limit()), parts);
  }

  /** One of those that come with Gatehouse, so that messages that list them all stay the same. */
  private static List<CredentialPlugin<?>> keyAuth() {
    return CredentialPlugins.builtIn().stream()
        .filter(plugin -> plugin.name().equals("key-auth"))
        .toList();
  }

  private record Limits(long count, long seconds) {}

  /** A limiter by its settings only; it lets everything through. */
  private static final class Limit implements ConsumerInterceptor<Limits> {
    @Override
    public String name() {
      return "limit-count";
    }

    @Override
    public int priority() {
      return 1002;
    }

    @Override
    public Limits configure(SettingsReader settings, PluginServices parts) {
      return new Limits(
          settings.integer("count", 1, 1000), settings.integer("time_window", 1, 1000));
    }

    @Override
    public Decision check(Limits config, InterceptedRequest call) {
      return Decision.ALLOW;
    }
  }

  private static final class Unlimited implements RateLimiter {
    @Override
    public RateWindow.Result acquire(CounterKey key, RateWindow window, long nowMillis) {
      return peek(key, window, nowMillis);
    }

    @Override
    public LeakyBucketLimit.Result acquire(
        CounterKey key, LeakyBucketLimit bucket, long nowMillis) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RateWindow.Result peek(CounterKey key, RateWindow window, long nowMillis) {
      return new RateWindow.Result(true, window.limit(), window.millis());
    }
  }
}
