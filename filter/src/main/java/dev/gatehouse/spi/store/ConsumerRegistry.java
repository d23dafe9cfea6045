package dev.gatehouse.spi.store;

import dev.gatehouse.Consumer;
import dev.gatehouse.settings.PluginSettings;
import java.util.List;

/**
 * Where Consumers and Credentials are written.
 *
 * <p>Every call is one transaction: it is done completely or not at all. Implementations are safe
 * for use by several threads, and a read through the {@link ConsumerStore} of the same node sees a
 * change as soon as the call has returned.
 */
public interface ConsumerRegistry {
  /**
   * Creates or replaces a Consumer; its Credentials stay as they are.
   *
   * @return whether it was created
   * @throws StoreException if the store cannot be reached
   */
  boolean put(Consumer consumer);

  /**
   * Creates or replaces a Credential of a Consumer.
   *
   * @return whether it was created
   * @throws ConflictException if the Consumer is not there, or another Credential of the same
   *     plugin holds the lookup key, or another Credential of the Consumer holds the name
   * @throws StoreException if the store cannot be reached
   */
  boolean put(String username, CredentialEntry entry);

  /**
   * Creates or replaces many Consumers with exactly the Credentials given, all or nothing.
   *
   * @throws ConflictException as for one Credential; nothing was written then
   * @throws StoreException if the store cannot be reached
   */
  void putAll(List<ConsumerEntry> entries);

  /**
   * Replaces what a Credential's plugin needs to verify a proof, if the store still keeps what was
   * read.
   *
   * @param was what was read
   * @param settings what is kept from now on
   * @return whether it was replaced; false when the Credential is gone or was changed meanwhile
   * @throws StoreException if the store cannot be reached
   */
  boolean renew(StoredCredential was, PluginSettings settings);

  /**
   * Has a Credential found under another key, which stands for the same value, if the store still
   * keeps it under the one where it was found.
   *
   * @return whether it was moved; false, as it is unless overridden, when the store cannot do it
   * @throws StoreException if the store cannot be reached
   */
  default boolean move(StoredCredential was, LookupKey from, LookupKey to) {
    return false;
  }

  /**
   * Remembers that a Credential has just proved who calls; does nothing unless overridden.
   *
   * <p>It is called with every request, so it only notes it in memory, for {@link
   * ManagedStore#used}.
   */
  default void noteUse(StoredCredential credential) {}

  /**
   * Removes a Consumer and all its Credentials.
   *
   * @return whether it was there
   * @throws StoreException if the store cannot be reached
   */
  boolean remove(String username);

  /**
   * Removes one Credential.
   *
   * @return whether it was there
   * @throws StoreException if the store cannot be reached
   */
  boolean remove(String username, String credentialId);
}
