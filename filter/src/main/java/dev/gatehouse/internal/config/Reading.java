package dev.gatehouse.internal.config;

import dev.gatehouse.internal.plugin.PluginRegistry;
import dev.gatehouse.internal.store.LookupDigest;

/**
 * The readers of a configuration.
 *
 * @param plugins the known plugins
 * @param references the resolver of {@code $env://} and {@code $file://}
 * @param digest the digest of lookup values
 * @param keySets the allowed locations of key sets
 */
public record Reading(
    PluginRegistry plugins,
    SecretReferences references,
    LookupDigest digest,
    KeySetPlaces keySets) {

  /** Creates the readers of a configuration file, which may name every location. */
  public Reading(PluginRegistry plugins, SecretReferences references, LookupDigest digest) {
    this(plugins, references, digest, KeySetPlaces.ALL);
  }

  /** Returns readers that record the files that are referred to. */
  public Reading remembering(ReferencedFiles referenced) {
    return new Reading(plugins, references.remembering(referenced), digest, keySets);
  }
}
