package dev.gatehouse.spi.plugin;

import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import org.jspecify.annotations.Nullable;

/**
 * The lookup of a Credential by a presented value, for credential plugins.
 *
 * <p>It returns only Credentials that are usable now, so that a plugin cannot distinguish disabled,
 * expired and unknown ones.
 */
@FunctionalInterface
public interface CredentialLookup {
  /**
   * Returns the usable Credential of a plugin for a presented value, or null.
   *
   * @throws StoreException if the store cannot answer
   */
  @Nullable StoredCredential find(String plugin, String value);
}
