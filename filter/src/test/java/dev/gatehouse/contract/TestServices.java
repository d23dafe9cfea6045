package dev.gatehouse.contract;

import dev.gatehouse.Credential;
import dev.gatehouse.Profile;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.LeakyBucketLimit;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.store.StoredCredential;
import java.time.InstantSource;
import java.util.Map;

/** What a plugin needs besides its settings: a clock, and a limiter that must not be used. */
public final class TestServices {
  private TestServices() {}

  /** Returns services with this clock, in this profile. */
  public static PluginServices of(Profile profile, InstantSource clock) {
    return new PluginServices(profile, new NoLimits(), clock, clock);
  }

  /** Returns a basic-auth Credential with a stored hash; its id is the owner's name. */
  public static StoredCredential basic(String username, String stored) {
    return new StoredCredential(
        Credential.of(username, "basic-auth").build(),
        Entries.consumer(username),
        PluginSettings.of(Map.of("password", stored)));
  }

  /** Counts nothing, because authentication does not count. */
  private static final class NoLimits implements RateLimiter {
    @Override
    public RateWindow.Result acquire(CounterKey key, RateWindow window, long nowMillis) {
      throw new UnsupportedOperationException();
    }

    @Override
    public LeakyBucketLimit.Result acquire(
        CounterKey key, LeakyBucketLimit bucket, long nowMillis) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RateWindow.Result peek(CounterKey key, RateWindow window, long nowMillis) {
      throw new UnsupportedOperationException();
    }
  }
}
