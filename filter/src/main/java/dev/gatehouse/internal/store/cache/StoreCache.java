package dev.gatehouse.internal.store.cache;

import dev.gatehouse.Consumer;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ChangeFeed.Place;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.StoredCredential;
import org.jspecify.annotations.Nullable;

/**
 * The cache of a store: Credentials, their Consumers, and groups.
 *
 * <p>Entries are valid until a change is reported. Safe for use by several threads; one thread
 * reports changes.
 */
final class StoreCache implements CachePreloader.Target {
  private static final long MAX_GROUPS = 10_000;

  private final Completeness resident = new Completeness();
  private final ReadThroughCache<Place, StoredCredential> credentials;
  private final ReadThroughCache<String, Consumer> consumers;
  private final ReadThroughCache<String, PluginSet> groups;

  /**
   * Creates an empty cache.
   *
   * @param calls the calls to the store
   * @param bounds the bounds of Credentials, of unknown keys, and of Consumers
   */
  StoreCache(ConsumerRepository store, StoreCalls calls, ReadThroughCache.CacheBounds bounds) {
    this.consumers =
        new ReadThroughCache<>(
            name -> calls.of(() -> store.consumer(name)), bounds, ReadThroughCache.Listener.none());
    this.credentials =
        new ReadThroughCache<>(
            place -> calls.of(() -> store.credential(place.plugin(), place.lookup())),
            bounds,
            new ReadThroughCache.Listener<>() {
              @Override
              public void added(StoredCredential value) {
                consumers.offer(value.consumer().username(), value.consumer());
              }

              @Override
              public void displaced() {
                resident.invalidate();
              }
            });
    this.groups =
        new ReadThroughCache<>(
            id -> calls.of(() -> store.group(id)),
            new ReadThroughCache.CacheBounds(MAX_GROUPS, bounds.maxAge(), bounds.ticker()),
            ReadThroughCache.Listener.none());
  }

  /**
   * Returns the Credential of a place with its present owner, or null.
   *
   * @param beCurrent processes recent changes; throws if that is not possible
   */
  @Nullable StoredCredential credential(Place place, Runnable beCurrent) {
    StoredCredential known = credentials.known(place);
    if (known == null && isNowhere(place, beCurrent)) {
      return null;
    }
    if (known == null) {
      long mark = resident.mark();
      known = credentials.get(place);
      resident.wasRead(place, mark);
    }
    return known == null ? null : ofPresentOwner(place, known);
  }

  /** Polls the feed first, because the place may be newer than the last poll. */
  private boolean isNowhere(Place place, Runnable beCurrent) {
    if (!resident.excludes(place)) {
      return false;
    }
    beCurrent.run();
    long mark = resident.mark();
    // In this order, because another thread may have read it in the meantime.
    return resident.excludes(place) && credentials.known(place) == null && resident.isSince(mark);
  }

  private @Nullable StoredCredential ofPresentOwner(Place place, StoredCredential known) {
    Consumer owner = consumers.get(known.consumer().username());
    if (owner == null || owner == known.consumer()) {
      return owner == null ? null : known;
    }
    StoredCredential now = new StoredCredential(known.credential(), owner, known.settings());
    credentials.replace(place, known, now);
    return now;
  }

  @Nullable Consumer consumer(String username) {
    return consumers.get(username);
  }

  @Nullable PluginSet group(String id) {
    return groups.get(id);
  }

  @Override
  public void begin() {
    resident.begin();
  }

  @Override
  public void complete() {
    resident.complete();
  }

  @Override
  public void add(CachePreloader.Page page) {
    page.groups().forEach(one -> groups.offer(one.id(), one.plugins()));
    page.entries().forEach(this::add);
    if (!page.unreadable().isEmpty()) {
      // The store is queried for them, and its failure is thrown.
      resident.changed(page.unreadable(), () -> {});
    }
  }

  private void add(ConsumerEntry entry) {
    Consumer owner = entry.consumer();
    consumers.offer(owner.username(), owner);
    for (CredentialEntry one : entry.credentials()) {
      credentials.offer(
          new Place(one.credential().plugin(), one.lookup()),
          new StoredCredential(one.credential(), owner, one.settings()));
    }
  }

  /**
   * Removes changed entries. Credentials are first: running reads of them become outdated, so that
   * none of them adds a Consumer after its removal.
   */
  void apply(ChangeFeed.Changes changes) {
    if (changes.everything()) {
      resident.invalidate();
      credentials.forgetAll();
      consumers.forgetAll();
      groups.forgetAll();
    } else if (!changes.isNone()) {
      resident.changed(changes.credentials(), () -> credentials.forget(changes.credentials()));
      consumers.forget(changes.consumers());
      groups.forget(changes.groups());
    }
  }

  /** Invalidates everything that a write with unknown outcome may have changed. */
  void forget(InvalidatingRepository.Scope scope) {
    if (!scope.usernames().isEmpty()) {
      resident.invalidate();
      credentials.forgetIf(known -> scope.usernames().contains(known.consumer().username()));
      credentials.forget(scope.places());
      consumers.forget(scope.usernames());
    }
    groups.forget(scope.groups());
  }
}
