package dev.gatehouse.internal.store.cache;

import dev.gatehouse.Consumer;
import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.spi.event.GateEvent;
import dev.gatehouse.spi.store.AuditTrail;
import dev.gatehouse.spi.store.ChangeFeed.Place;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.MasterKeyRotation;
import dev.gatehouse.spi.store.Precondition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The writes and queries of a cached repository. Each write invalidates the changed entries, and no
 * caller waits longer than the timeout of the store.
 *
 * <p>Calls run on separate threads, so they do not join a transaction of the caller. A write after
 * its timeout is still atomic.
 */
abstract sealed class InvalidatingRepository implements ConsumerRepository
    permits ChangeTrackingStore {
  private final ConsumerRepository repository;

  InvalidatingRepository(ConsumerRepository repository) {
    this.repository = repository;
  }

  /**
   * The records that a write may change.
   *
   * @param usernames the usernames of Consumers whose record or Credentials may change
   * @param places the places at which Credentials may be created
   * @param groups the ids of groups
   */
  record Scope(Set<String> usernames, Set<Place> places, Set<String> groups) {
    static Scope of(String username, CredentialEntry... entries) {
      return new Scope(Set.of(username), places(List.of(entries)), Set.of());
    }

    static Scope of(List<ConsumerEntry> entries) {
      Set<String> usernames = new HashSet<>();
      Set<Place> places = new HashSet<>();
      for (ConsumerEntry entry : entries) {
        usernames.add(entry.consumer().username());
        places.addAll(places(entry.credentials()));
      }
      return new Scope(usernames, places, Set.of());
    }

    private static Set<Place> places(List<CredentialEntry> entries) {
      return entries.stream()
          .map(one -> new Place(one.credential().plugin(), one.lookup()))
          .collect(Collectors.toSet());
    }

    static Scope ofGroup(String id) {
      return new Scope(Set.of(), Set.of(), Set.of(id));
    }
  }

  /** Executes a write. Later reads of this node see it. */
  abstract boolean write(Scope scope, Supplier<Boolean> write);

  /** Executes a write of any number of records, which may take longer than the timeout. */
  abstract void writeMany(Scope scope, Runnable write);

  /** Returns the result of a query. */
  abstract <T> T ask(Supplier<T> query);

  /**
   * Returns the result of work on any number of records, which may take longer than the timeout.
   */
  abstract <T> T askLong(Supplier<T> work);

  @Override
  public final boolean put(Consumer consumer, Precondition precondition) {
    return write(Scope.of(consumer.username()), () -> repository.put(consumer, precondition));
  }

  @Override
  public final boolean put(ConsumerEntry entry, Precondition precondition) {
    return write(Scope.of(List.of(entry)), () -> repository.put(entry, precondition));
  }

  @Override
  public final void putAll(List<ConsumerEntry> entries) {
    writeMany(Scope.of(entries), () -> repository.putAll(entries));
  }

  @Override
  public final boolean remove(String username, Precondition precondition) {
    return write(Scope.of(username), () -> repository.remove(username, precondition));
  }

  @Override
  public final Optional<ListedConsumer> findConsumer(String username) {
    return ask(() -> repository.findConsumer(username));
  }

  @Override
  public final Listing listConsumers(Search search, long skip, int limit) {
    return ask(() -> repository.listConsumers(search, skip, limit));
  }

  @Override
  public final Page readPage(Optional<String> after, int limit) {
    return ask(() -> repository.readPage(after, limit));
  }

  @Override
  public final boolean put(String username, CredentialEntry entry, Precondition precondition) {
    return write(Scope.of(username, entry), () -> repository.put(username, entry, precondition));
  }

  @Override
  public final void rotate(
      String username,
      CredentialEntry successor,
      CredentialEntry ending,
      Precondition precondition) {
    boolean unused =
        write(
            Scope.of(username, successor, ending),
            () -> {
              repository.rotate(username, successor, ending, precondition);
              return true;
            });
  }

  @Override
  public final boolean remove(String username, String credentialId, Precondition precondition) {
    return write(Scope.of(username), () -> repository.remove(username, credentialId, precondition));
  }

  @Override
  public final List<ListedCredential> listCredentials(String username) {
    return ask(() -> repository.listCredentials(username));
  }

  @Override
  public final boolean put(ConsumerGroup group, Precondition precondition) {
    return write(Scope.ofGroup(group.id()), () -> repository.put(group, precondition));
  }

  @Override
  public final boolean removeGroup(String id, Precondition precondition, boolean evenIfUsed) {
    return write(Scope.ofGroup(id), () -> repository.removeGroup(id, precondition, evenIfUsed));
  }

  @Override
  public final Optional<ListedGroup> findGroup(String id) {
    return ask(() -> repository.findGroup(id));
  }

  @Override
  public final List<ListedGroup> listGroups() {
    return ask(repository::listGroups);
  }

  @Override
  public final List<ConsumerEntry> exportPage(Optional<String> after, int limit) {
    return ask(() -> repository.exportPage(after, limit));
  }

  @Override
  public final void restore(List<ConsumerEntry> exported) {
    writeMany(Scope.of(exported), () -> repository.restore(exported));
  }

  @Override
  public final boolean isPersistent() {
    return repository.isPersistent();
  }

  @Override
  public final Optional<AuditTrail> audit() {
    return repository.audit().map(trail -> new BoundedAudit(this, trail));
  }

  /** Cached entries are not encrypted, so nothing is invalidated. */
  @Override
  public final Optional<MasterKeyRotation> masterKeyRotation() {
    return repository.masterKeyRotation().map(rotation -> () -> askLong(rotation::rewrap));
  }

  /** An audit trail whose calls end within the timeout. */
  private record BoundedAudit(InvalidatingRepository calls, AuditTrail trail)
      implements AuditTrail {
    @Override
    public void add(GateEvent.Changed change) {
      boolean unused =
          calls.ask(
              () -> {
                trail.add(change);
                return true;
              });
    }

    @Override
    public List<Entry> latest(OptionalLong before, int limit) {
      return calls.ask(() -> trail.latest(before, limit));
    }
  }
}
