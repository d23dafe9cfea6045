package dev.gatehouse.servlet;

import dev.gatehouse.spi.LookupDigest;

/**
 * What a configuration is read with.
 *
 * @param plugins the plugins that it may name
 * @param references resolves {@code $env://} and {@code $file://}
 * @param digest digests the lookup values of Credentials
 */
record Reading(KnownPlugins plugins, References references, LookupDigest digest) {
  /** The same, and what files are referred to is remembered. */
  Reading remembering(ReferencedFiles referenced) {
    return new Reading(plugins, references.remembering(referenced), digest);
  }
}
