package dev.gatehouse.internal.auth;

import dev.gatehouse.Credential;
import dev.gatehouse.Profile;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.LeakyBucketLimit;
import dev.gatehouse.spi.limit.RateLimiter;
import dev.gatehouse.spi.limit.RateWindow;
import dev.gatehouse.spi.plugin.PluginServices;
import dev.gatehouse.spi.store.StoredCredential;
import java.time.InstantSource;
import java.util.Map;

/** What a plugin needs besides its settings, for tests. */
public final class AuthParts {
  private AuthParts() {}

  static PluginServices of(Profile profile, InstantSource clock) {
    return new PluginServices(profile, new NoLimits(), clock, clock);
  }

  /** A basic-auth Credential with a stored hash; its id is the owner's name. */
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
