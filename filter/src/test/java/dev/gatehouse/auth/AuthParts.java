package dev.gatehouse.auth;

import dev.gatehouse.Credential;
import dev.gatehouse.PluginSettings;
import dev.gatehouse.Profile;
import dev.gatehouse.contract.Entries;
import dev.gatehouse.spi.Bucket;
import dev.gatehouse.spi.CounterKey;
import dev.gatehouse.spi.Parts;
import dev.gatehouse.spi.RateLimitBackend;
import dev.gatehouse.spi.StoredCredential;
import dev.gatehouse.spi.Window;
import java.time.InstantSource;
import java.util.Map;

/** What a plugin needs besides its settings, for tests. */
final class AuthParts {
  private AuthParts() {}

  static Parts of(Profile profile, InstantSource clock) {
    return new Parts(profile, new NoLimits(), clock, clock);
  }

  /** A basic-auth Credential with a stored hash; its id is the owner's name. */
  static StoredCredential basic(String username, String stored) {
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
