package dev.gatehouse.spi;

import dev.gatehouse.Credential;
import dev.gatehouse.PluginSettings;
import java.util.Objects;

/**
 * A Credential on its way into a store.
 *
 * @param credential what may be shown to the application
 * @param lookup the digest under which it is found; unique among the credentials of its plugin
 * @param settings what its plugin needs to verify a proof, as it will be stored
 */
public record CredentialEntry(Credential credential, LookupKey lookup, PluginSettings settings) {
  /** All parts are required. */
  public CredentialEntry {
    Objects.requireNonNull(credential, "credential");
    Objects.requireNonNull(lookup, "lookup");
    Objects.requireNonNull(settings, "settings");
  }
}
