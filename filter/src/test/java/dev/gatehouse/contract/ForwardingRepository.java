package dev.gatehouse.contract;

import dev.gatehouse.Consumer;
import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.Precondition;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A repository that passes every call on; a test overrides what it changes. */
public abstract class ForwardingRepository implements ConsumerRepository {
  private final ConsumerRepository repository;

  /** Passes every call on to a repository. */
  protected ForwardingRepository(ConsumerRepository repository) {
    this.repository = repository;
  }

  @Override
  public @Nullable StoredCredential credential(String plugin, LookupKey lookup) {
    return repository.credential(plugin, lookup);
  }

  @Override
  public @Nullable Consumer consumer(String username) {
    return repository.consumer(username);
  }

  @Override
  public @Nullable PluginSet group(String id) {
    return repository.group(id);
  }

  @Override
  public boolean put(Consumer consumer, Precondition precondition) {
    return repository.put(consumer, precondition);
  }

  @Override
  public boolean put(ConsumerEntry entry, Precondition precondition) {
    return repository.put(entry, precondition);
  }

  @Override
  public void putAll(List<ConsumerEntry> entries) {
    repository.putAll(entries);
  }

  @Override
  public boolean remove(String username, Precondition precondition) {
    return repository.remove(username, precondition);
  }

  @Override
  public Optional<ListedConsumer> findConsumer(String username) {
    return repository.findConsumer(username);
  }

  @Override
  public Listing listConsumers(Search search, long skip, int limit) {
    return repository.listConsumers(search, skip, limit);
  }

  @Override
  public Page readPage(Optional<String> after, int limit) {
    return repository.readPage(after, limit);
  }

  @Override
  public boolean put(String username, CredentialEntry entry, Precondition precondition) {
    return repository.put(username, entry, precondition);
  }

  @Override
  public void rotate(
      String username,
      CredentialEntry successor,
      CredentialEntry ending,
      Precondition precondition) {
    repository.rotate(username, successor, ending, precondition);
  }

  @Override
  public boolean renew(StoredCredential was, PluginSettings settings) {
    return repository.renew(was, settings);
  }

  @Override
  public boolean remove(String username, String credentialId, Precondition precondition) {
    return repository.remove(username, credentialId, precondition);
  }

  @Override
  public List<ListedCredential> listCredentials(String username) {
    return repository.listCredentials(username);
  }

  @Override
  public boolean put(ConsumerGroup group, Precondition precondition) {
    return repository.put(group, precondition);
  }

  @Override
  public boolean removeGroup(String id, Precondition precondition, boolean evenIfUsed) {
    return repository.removeGroup(id, precondition, evenIfUsed);
  }

  @Override
  public Optional<ListedGroup> findGroup(String id) {
    return repository.findGroup(id);
  }

  @Override
  public List<ListedGroup> listGroups() {
    return repository.listGroups();
  }

  @Override
  public boolean isPersistent() {
    return repository.isPersistent();
  }
}
