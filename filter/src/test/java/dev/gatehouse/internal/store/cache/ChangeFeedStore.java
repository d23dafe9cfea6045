package dev.gatehouse.internal.store.cache;

import dev.gatehouse.Consumer;
import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.contract.ForwardingRepository;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerRepository;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.CredentialUse;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.Precondition;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import dev.gatehouse.store.Stores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A store with a change feed; a test may make it fail or hang. */
public final class ChangeFeedStore extends ForwardingRepository implements ChangeFeed {
  private final ConsumerRepository store;
  private final Map<String, Map<String, Place>> places = new HashMap<>();
  private final List<Changes> log = new ArrayList<>();
  private final List<CredentialUse> uses = new CopyOnWriteArrayList<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final Semaphore released = new Semaphore(0);
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger failingPages = new AtomicInteger();
  private final Semaphore releasedUses = new Semaphore(0);
  private final Set<CredentialUse> locked = ConcurrentHashMap.newKeySet();
  private volatile boolean hangingUses;
  private volatile boolean failing;
  private volatile boolean hanging;
  private volatile boolean forgetful;

  public ChangeFeedStore() {
    this(Stores.memory());
  }

  private ChangeFeedStore(ConsumerRepository store) {
    super(store);
    this.store = store;
  }

  int reads() {
    return reads.get();
  }

  void fail(boolean on) {
    failing = on;
  }

  /** Answers nothing until it is released. */
  void hang() {
    hanging = true;
  }

  void release() {
    hanging = false;
    released.release(1_000_000);
  }

  /** What has changed is not known any more, or is again. */
  void forget(boolean on) {
    forgetful = on;
  }

  @Override
  public Optional<ChangeFeed> feed() {
    return Optional.of(this);
  }

  @Override
  public Page readPage(Optional<String> after, int limit) {
    answer();
    if (failingPages.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new StoreException("a page fails");
    }
    return store.readPage(after, limit);
  }

  @Override
  public Listing listConsumers(Search search, long skip, int limit) {
    answer();
    if (failingPages.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new StoreException("a page fails");
    }
    return store.listConsumers(search, skip, limit);
  }

  @Override
  public Optional<ListedConsumer> findConsumer(String username) {
    answer();
    return store.findConsumer(username);
  }

  @Override
  public List<ListedCredential> listCredentials(String username) {
    answer();
    return store.listCredentials(username);
  }

  @Override
  public @Nullable PluginSet group(String id) {
    reads.incrementAndGet();
    answer();
    return store.group(id);
  }

  @Override
  public List<ListedGroup> listGroups() {
    answer();
    return store.listGroups();
  }

  @Override
  public Optional<ListedGroup> findGroup(String id) {
    answer();
    return store.findGroup(id);
  }

  @Override
  public synchronized boolean put(ConsumerGroup group, Precondition precondition) {
    answer();
    boolean created = store.put(group, precondition);
    changedGroup(group.id());
    return created;
  }

  @Override
  public synchronized boolean removeGroup(
      String id, Precondition precondition, boolean evenIfUsed) {
    answer();
    boolean removed = store.removeGroup(id, precondition, evenIfUsed);
    changedGroup(id);
    return removed;
  }

  private void changedGroup(String id) {
    log.add(new Changes(new Position(log.size() + 1, ""), false, Set.of(), Set.of(), Set.of(id)));
  }

  @Override
  public synchronized Changes since(Position position) {
    looks.incrementAndGet();
    answer();
    Position now = new Position(log.size(), "");
    if (position.equals(NOTHING) || forgetful) {
      return Changes.everything(now);
    }
    Set<String> consumers = new HashSet<>();
    Set<Place> credentials = new HashSet<>();
    Set<String> groups = new HashSet<>();
    for (Changes one : log.subList((int) position.revision(), log.size())) {
      consumers.addAll(one.consumers());
      credentials.addAll(one.credentials());
      groups.addAll(one.groups());
    }
    return new Changes(now, false, consumers, credentials, groups);
  }

  @Override
  public @Nullable StoredCredential credential(String plugin, LookupKey lookup) {
    reads.incrementAndGet();
    answer();
    return store.credential(plugin, lookup);
  }

  @Override
  public @Nullable Consumer consumer(String username) {
    reads.incrementAndGet();
    answer();
    return store.consumer(username);
  }

  /** Returns the uses that were written, in their order. */
  List<CredentialUse> uses() {
    return uses;
  }

  @Override
  public List<CredentialUse> recordUses(List<CredentialUse> some) {
    if (hangingUses) {
      releasedUses.acquireUninterruptibly();
    }
    answer();
    List<CredentialUse> skipped = some.stream().filter(locked::contains).toList();
    uses.addAll(some.stream().filter(use -> !skipped.contains(use)).toList());
    return skipped;
  }

  /** Writes of uses wait until they are released. */
  void hangUses(boolean on) {
    hangingUses = on;
    if (!on) {
      releasedUses.release(1_000_000);
    }
  }

  /** Another writer has locked these. */
  Set<CredentialUse> locked() {
    return locked;
  }

  /** Returns how often the feed was asked. */
  public int looks() {
    return looks.get();
  }

  /** As many pages as this fail. */
  void failPages(int count) {
    failingPages.set(count);
  }

  private void answer() {
    if (hanging) {
      released.acquireUninterruptibly();
    }
    if (failing) {
      throw new StoreException("fails on request");
    }
  }

  @Override
  public synchronized boolean put(Consumer consumer, Precondition precondition) {
    answer();
    boolean created = store.put(consumer, precondition);
    changed(Set.of(consumer.username()), Set.of());
    return created;
  }

  @Override
  public synchronized boolean put(ConsumerEntry entry, Precondition precondition) {
    answer();
    boolean created = store.put(entry, precondition);
    String username = entry.consumer().username();
    Set<Place> all = new HashSet<>(places.getOrDefault(username, Map.of()).values());
    places.remove(username);
    store.listCredentials(username).forEach(one -> all.addAll(placed(username, one.entry())));
    changed(Set.of(username), all);
    return created;
  }

  @Override
  public synchronized boolean put(
      String username, CredentialEntry entry, Precondition precondition) {
    answer();
    boolean created = store.put(username, entry, precondition);
    changed(Set.of(), placed(username, entry));
    return created;
  }

  @Override
  public synchronized void rotate(
      String username,
      CredentialEntry successor,
      CredentialEntry ending,
      Precondition precondition) {
    answer();
    store.rotate(username, successor, ending, precondition);
    Set<Place> both = placed(username, ending);
    both.addAll(placed(username, successor));
    changed(Set.of(), both);
  }

  private Set<Place> placed(String username, CredentialEntry entry) {
    Set<Place> both = new HashSet<>();
    Place place = new Place(entry.credential().plugin(), entry.lookup());
    both.add(place);
    Place before =
        places
            .computeIfAbsent(username, name -> new HashMap<>())
            .put(entry.credential().id(), place);
    if (before != null) {
      both.add(before);
    }
    return both;
  }

  @Override
  public synchronized boolean renew(StoredCredential was, PluginSettings settings) {
    answer();
    boolean renewed = store.renew(was, settings);
    changed(
        Set.of(), Set.copyOf(places.getOrDefault(was.consumer().username(), Map.of()).values()));
    return renewed;
  }

  @Override
  public synchronized void putAll(List<ConsumerEntry> entries) {
    answer();
    store.putAll(entries);
    for (ConsumerEntry entry : entries) {
      String username = entry.consumer().username();
      Set<Place> all = new HashSet<>(places.getOrDefault(username, Map.of()).values());
      places.remove(username);
      entry.credentials().forEach(one -> all.addAll(placed(username, one)));
      changed(Set.of(username), all);
    }
  }

  @Override
  public synchronized boolean remove(String username, Precondition precondition) {
    answer();
    boolean removed = store.remove(username, precondition);
    Map<String, Place> gone = places.remove(username);
    changed(Set.of(username), gone == null ? Set.of() : Set.copyOf(gone.values()));
    return removed;
  }

  @Override
  public synchronized boolean remove(
      String username, String credentialId, Precondition precondition) {
    answer();
    boolean removed = store.remove(username, credentialId, precondition);
    Place gone = places.getOrDefault(username, new HashMap<>()).remove(credentialId);
    changed(Set.of(), gone == null ? Set.of() : Set.of(gone));
    return removed;
  }

  private void changed(Set<String> consumers, Set<Place> credentials) {
    log.add(new Changes(new Position(log.size() + 1, ""), false, consumers, credentials));
  }
}
