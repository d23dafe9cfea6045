package dev.gatehouse.internal.auth;

import dev.gatehouse.Credential;
import dev.gatehouse.Profile;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.limit.Bucket;
import dev.gatehouse.spi.limit.CounterKey;
import dev.gatehouse.spi.limit.RateLimitBackend;
import dev.gatehouse.spi.limit.Window;
import dev.gatehouse.spi.plugin.Parts;
import dev.gatehouse.spi.store.StoredCredential;
import java.time.InstantSource;
import java.util.Map;

/** What a plugin needs besides its settings, for tests. */
public final class AuthParts {
  private AuthParts() {}

  static Parts of(Profile profile, InstantSource clock) {
    return new Parts(profile, new NoLimits(), clock, clock);
  }

  /** A basic-auth Credential with a stored hash; its id is the owner's name. */
  public static StoredCredential basic(String username, String stored) {
    return new StoredCredential(
        Credential.of(username, "basic-auth").build(),
        Entries.consumer(username),
        PluginSettings.of(Map.of("password", stored)));
  }

  /** Counts nothing, because authentication does not count. */
  private static final class NoLimits implements RateLimitBackend {
    @Override
    public Window.Result acquire(CounterKey key, Window window, long nowMillis) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Bucket.Result acquire(CounterKey key, Bucket bucket, long nowMillis) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Window.Result peek(CounterKey key, Window window, long nowMillis) {
      throw new UnsupportedOperationException();
    }
  }
}
