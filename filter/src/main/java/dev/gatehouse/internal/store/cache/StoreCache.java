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
 * What a node keeps of a store in memory: Credentials, the Consumers that they lead to, and groups.
 *
 * <p>It stays until it is told that something changed. Safe for use by several threads; changes are
 * told by one thread.
 */
final class StoreCache implements CachePreloader.Into {
  private static final long MAX_GROUPS = 10_000;

  private final Completeness resident = new Completeness();
  private final ReadThroughCache<Place, StoredCredential> credentials;
  private final ReadThroughCache<String, Consumer> consumers;
  private final ReadThroughCache<String, PluginSet> groups;

  /**
   * Keeps nothing yet.
   *
   * @param calls how the store is asked for what is not kept
   * @param bounds of the Credentials, and as many unknown keys, and of the Consumers
   */
  StoreCache(ConsumerRepository store, StoreCalls calls, ReadThroughCache.CacheBounds bounds) {
    this.consumers =
        new ReadThroughCache<>(
            name -> calls.of(() -> store.consumer(name)), bounds, ReadThroughCache.Beside.nobody());
    this.credentials =
        new ReadThroughCache<>(
            place -> calls.of(() -> store.credential(place.plugin(), place.lookup())),
            bounds,
            new ReadThroughCache.Beside<>() {
              @Override
              public void kept(StoredCredential value) {
                consumers.offer(value.consumer().username(), value.consumer());
              }

              @Override
              public void displaced() {
                resident.lose();
              }
            });
    this.groups =
        new ReadThroughCache<>(
            id -> calls.of(() -> store.group(id)),
            new ReadThroughCache.CacheBounds(MAX_GROUPS, bounds.maxAge(), bounds.ticker()),
            ReadThroughCache.Beside.nobody());
  }

  /**
   * The Credential of a place with its present owner; null when there is none.
   *
   * @param beCurrent makes sure that changes have been told up to now; throws if it cannot
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

  /** The feed is looked at first, since the place may be younger than the last look. */
  private boolean isNowhere(Place place, Runnable beCurrent) {
    if (!resident.excludes(place)) {
      return false;
    }
    beCurrent.run();
    long mark = resident.mark();
    // In this order: another thread may have read it since memory was asked first.
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
  public void keep(CachePreloader.Page page) {
    page.groups().forEach(one -> groups.offer(one.id(), one.plugins()));
    page.entries().forEach(this::keep);
    if (!page.unreadable().isEmpty()) {
      // The store is asked for them, and its failure is the answer.
      resident.changed(page.unreadable(), () -> {});
    }
  }

  private void keep(ConsumerEntry entry) {
    Consumer owner = entry.consumer();
    consumers.offer(owner.username(), owner);
    for (CredentialEntry one : entry.credentials()) {
      credentials.offer(
          new Place(one.credential().plugin(), one.lookup()),
          new StoredCredential(one.credential(), owner, one.settings()));
    }
  }

  /**
   * Forgets what changed. Credentials first: their reads that are under way are outdated then, and
   * none of them can offer a Consumer after it was forgotten.
   */
  void heed(ChangeFeed.Changes changes) {
    if (changes.everything()) {
      resident.lose();
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
      resident.lose();
      credentials.forgetIf(known -> scope.usernames().contains(known.consumer().username()));
      credentials.forget(scope.places());
      consumers.forget(scope.usernames());
    }
    groups.forget(scope.groups());
  }
}
