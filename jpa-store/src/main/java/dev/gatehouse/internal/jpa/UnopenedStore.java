package dev.gatehouse.internal.jpa;

import dev.gatehouse.Consumer;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.ManagedStore;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.List;

/** What stands in for a store that mistakes kept from being opened; it answers nothing. */
final class UnopenedStore implements ManagedStore {
  @Override
  public StoredCredential credential(String plugin, LookupKey lookup) {
    throw unopened();
  }

  @Override
  public Consumer consumer(String username) {
    throw unopened();
  }

  @Override
  public boolean put(Consumer consumer) {
    throw unopened();
  }

  @Override
  public boolean put(String username, CredentialEntry entry) {
    throw unopened();
  }

  @Override
  public boolean renew(StoredCredential was, PluginSettings settings) {
    throw unopened();
  }

  @Override
  public void putAll(List<ConsumerEntry> entries) {
    throw unopened();
  }

  @Override
  public boolean remove(String username) {
    throw unopened();
  }

  @Override
  public boolean remove(String username, String credentialId) {
    throw unopened();
  }

  private static IllegalStateException unopened() {
    return new IllegalStateException("the store was not opened, because of mistakes");
  }
}
