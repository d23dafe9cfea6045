package dev.gatehouse.internal.config;

import dev.gatehouse.internal.engine.PluginRegistry;
import dev.gatehouse.internal.store.LookupDigest;

/**
 * What a configuration is read with.
 *
 * @param plugins the plugins that it may name
 * @param references resolves {@code $env://} and {@code $file://}
 * @param digest digests the lookup values of Credentials
 * @param keySets where Credentials may have their key sets
 */
public record Reading(
    PluginRegistry plugins,
    SecretReferences references,
    LookupDigest digest,
    KeySetPlaces keySets) {

  /** Reads a configuration file, which may name every place. */
  public Reading(PluginRegistry plugins, SecretReferences references, LookupDigest digest) {
    this(plugins, references, digest, KeySetPlaces.ALL);
  }

  /** The same, and what files are referred to is remembered. */
  public Reading remembering(ReferencedFiles referenced) {
    return new Reading(plugins, references.remembering(referenced), digest, keySets);
  }
}
