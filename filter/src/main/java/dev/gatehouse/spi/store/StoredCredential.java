package dev.gatehouse.spi.store;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.settings.PluginSettings;
import java.util.Objects;

/**
 * A Credential as a store holds it, together with the Consumer that owns it.
 *
 * @param credential what may be shown to the application
 * @param consumer the owner
 * @param settings what the credential's plugin needs to verify a proof; empty for key-auth, where
 *     the lookup itself is the proof
 */
public record StoredCredential(Credential credential, Consumer consumer, PluginSettings settings) {
  /** All parts are required. */
  public StoredCredential {
    Objects.requireNonNull(credential, "credential");
    Objects.requireNonNull(consumer, "consumer");
    Objects.requireNonNull(settings, "settings");
  }
}
