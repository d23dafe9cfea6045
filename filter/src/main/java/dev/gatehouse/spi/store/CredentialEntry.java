package dev.gatehouse.spi.store;

import dev.gatehouse.Credential;
import dev.gatehouse.settings.PluginSettings;
import java.util.List;
import java.util.Objects;

/**
 * A Credential with its settings, to be written to a store.
 *
 * @param credential the Credential, without its secret
 * @param lookup the lookup key; unique among the Credentials of the plugin
 * @param settings the settings that its plugin needs to verify a request
 * @param previous lookup keys of the same value under earlier master keys; they must not belong to
 *     another Credential
 */
public record CredentialEntry(
    Credential credential, LookupKey lookup, PluginSettings settings, List<LookupKey> previous) {
  /** Creates an entry. */
  public CredentialEntry {
    Objects.requireNonNull(credential, "credential");
    Objects.requireNonNull(lookup, "lookup");
    Objects.requireNonNull(settings, "settings");
    previous = List.copyOf(previous);
  }

  /** Creates an entry without previous lookup keys. */
  public CredentialEntry(Credential credential, LookupKey lookup, PluginSettings settings) {
    this(credential, lookup, settings, List.of());
  }
}
