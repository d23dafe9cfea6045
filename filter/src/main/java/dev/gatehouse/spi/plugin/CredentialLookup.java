package dev.gatehouse.spi.plugin;

import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import org.jspecify.annotations.Nullable;

/**
 * How a credential plugin asks for the Credential behind a presented value.
 *
 * <p>It digests the value, asks the store, and answers only Credentials that are usable now, so
 * that "disabled", "expired" and "unknown" look the same to every plugin and every caller.
 */
@FunctionalInterface
public interface CredentialLookup {
  /**
   * The usable Credential of a plugin for a presented value; null when there is none.
   *
   * @throws StoreException if the store cannot answer
   */
  @Nullable StoredCredential find(String plugin, String value);
}
