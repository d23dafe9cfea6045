package dev.gatehouse.internal.config;

import dev.gatehouse.Profile;
import dev.gatehouse.internal.auth.CredentialPlugins;
import dev.gatehouse.internal.store.LookupDigest;
import dev.gatehouse.settings.SettingsReader;
import dev.gatehouse.spi.limit.Bucket;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.RateLimitBackend;
import dev.gatehouse.spi.limit.Window;
import dev.gatehouse.spi.plugin.Call;
import dev.gatehouse.spi.plugin.ConsumerInterceptor;
import dev.gatehouse.spi.plugin.CredentialPlugin;
import dev.gatehouse.spi.plugin.Decision;
import dev.gatehouse.spi.plugin.Parts;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The plugins that configurations are read with in tests: key-auth and a small limiter. */
public final class TestPlugins {
  private TestPlugins() {}

  /** What a configuration is read with, under an environment. */
  public static Reading reading(Map<String, String> environment) {
    return new Reading(known(), references(environment), LookupDigest.plain());
  }

  public static References references(Map<String, String> environment) {
    return new References(
        environment::get,
        file -> {
          throw new NoSuchFileException(file.toString());
        });
  }

  static KnownPlugins known() {
    Parts parts =
        new Parts(Profile.STRICT, new Unlimited(), InstantSource.system(), InstantSource.system());
    return new KnownPlugins(keyAuth(), List.of(new Limit()), parts);
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
    public Limits configure(SettingsReader settings, Parts parts) {
      return new Limits(
          settings.integer("count", 1, 1000), settings.integer("time_window", 1, 1000));
    }

    @Override
    public Decision check(Limits config, Call call) {
      return Decision.ALLOW;
    }
  }

  private static final class Unlimited implements RateLimitBackend {
    @Override
    public Window.Result acquire(CounterKey key, Window window, long nowMillis) {
      return peek(key, window, nowMillis);
    }

    @Override
    public Bucket.Result acquire(CounterKey key, Bucket bucket, long nowMillis) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Window.Result peek(CounterKey key, Window window, long nowMillis) {
      return new Window.Result(true, window.limit(), window.millis());
    }
  }
}
