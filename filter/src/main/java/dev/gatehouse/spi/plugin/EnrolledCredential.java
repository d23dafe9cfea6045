package dev.gatehouse.spi.plugin;

import dev.gatehouse.Secret;
import dev.gatehouse.settings.PluginSettings;
import java.util.Objects;

/**
 * What a credential plugin makes of a Credential's settings before they are stored.
 *
 * @param lookup the value by which a request finds the Credential; only its digest is stored
 * @param kept what is stored to verify a proof
 */
public record EnrolledCredential(Secret lookup, PluginSettings kept) {
  /** Both parts are required. */
  public EnrolledCredential {
    Objects.requireNonNull(lookup, "lookup");
    Objects.requireNonNull(kept, "kept");
  }
}
