package dev.gatehouse.spi.plugin;

import dev.gatehouse.Secret;
import dev.gatehouse.settings.PluginSettings;
import java.util.Objects;

/**
 * The stored form of a Credential's settings.
 *
 * @param lookup the value by which a request finds the Credential; the store holds its digest only
 * @param kept the settings to store with the Credential
 */
public record EnrolledCredential(Secret lookup, PluginSettings kept) {
  /** Creates a stored form. */
  public EnrolledCredential {
    Objects.requireNonNull(lookup, "lookup");
    Objects.requireNonNull(kept, "kept");
  }
}
