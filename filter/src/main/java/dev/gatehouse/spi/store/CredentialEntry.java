package dev.gatehouse.spi.store;

import dev.gatehouse.Credential;
import dev.gatehouse.settings.PluginSettings;
import java.util.List;
import java.util.Objects;

/**
 * A Credential on its way into a store.
 *
 * @param credential what may be shown to the application
 * @param lookup the digest under which it is found; unique among the credentials of its plugin
 * @param settings what its plugin needs to verify a proof, as it will be stored
 * @param previous digests under which the same value may be stored from the time of an earlier
 *     master key; they must not be another Credential's either
 */
public record CredentialEntry(
    Credential credential, LookupKey lookup, PluginSettings settings, List<LookupKey> previous) {
  /** All parts are required. */
  public CredentialEntry {
    Objects.requireNonNull(credential, "credential");
    Objects.requireNonNull(lookup, "lookup");
    Objects.requireNonNull(settings, "settings");
    previous = List.copyOf(previous);
  }

  /** One whose value cannot be stored from an earlier time. */
  public CredentialEntry(Credential credential, LookupKey lookup, PluginSettings settings) {
    this(credential, lookup, settings, List.of());
  }
}
