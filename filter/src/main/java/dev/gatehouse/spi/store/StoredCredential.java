package dev.gatehouse.spi.store;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.settings.PluginSettings;
import java.util.Objects;

/**
 * A stored Credential with its Consumer.
 *
 * @param credential the Credential, without its secret
 * @param consumer the owner
 * @param settings the settings that the Credential's plugin needs to verify a request; empty for
 *     key-auth, where the lookup is the verification
 */
public record StoredCredential(Credential credential, Consumer consumer, PluginSettings settings) {
  /** Creates a stored Credential. */
  public StoredCredential {
    Objects.requireNonNull(credential, "credential");
    Objects.requireNonNull(consumer, "consumer");
    Objects.requireNonNull(settings, "settings");
  }
}
