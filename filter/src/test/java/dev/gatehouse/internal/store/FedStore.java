package dev.gatehouse.internal.store;

import dev.gatehouse.Consumer;
import dev.gatehouse.ConsumerGroup;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ChangeFeed;
import dev.gatehouse.spi.store.ConsumerDirectory;
import dev.gatehouse.spi.store.ConsumerDirectory.Stamp;
import dev.gatehouse.spi.store.ConsumerEditor.Expected;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.ConsumerGroups;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.CredentialUse;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.ManagedStore;
import dev.gatehouse.spi.store.StoreException;
import dev.gatehouse.spi.store.StoredCredential;
import dev.gatehouse.store.Stores;
import java.time.Instant;
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

/** A store with a change feed that can be told to fail and to hang. */
public final class FedStore implements ManagedStore, ChangeFeed {
  private final ManagedStore store = Stores.memory();
  private final Map<String, Map<String, Place>> places = new HashMap<>();
  private final List<Changes> log = new ArrayList<>();
  private final Map<String, ConsumerGroup> groups = new ConcurrentHashMap<>();
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

  public int reads() {
    return reads.get();
  }

  public void fail(boolean on) {
    failing = on;
  }

  /** Answers nothing until it is released. */
  public void hang() {
    hanging = true;
  }

  public void release() {
    hanging = false;
    released.release(1_000_000);
  }

  /** What has changed is not known any more, or is again. */
  public void forget(boolean on) {
    forgetful = on;
  }

  @Override
  public Optional<ChangeFeed> feed() {
    return Optional.of(this);
  }

  @Override
  public Optional<ConsumerDirectory> directory() {
    return Optional.of(
        new MemoryDirectory(
            () -> {
              answer();
              if (failingPages.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new StoreException("a page fails", new IllegalStateException());
              }
              return store.directory().orElseThrow().entries(Optional.empty(), Integer.MAX_VALUE);
            }));
  }

  /** Written by the test, before anybody reads. */
  public Map<String, ConsumerGroup> groupsById() {
    return groups;
  }

  @Override
  public @Nullable PluginSet group(String id) {
    reads.incrementAndGet();
    answer();
    ConsumerGroup found = groups.get(id);
    return found == null ? null : found.plugins();
  }

  @Override
  public Optional<ConsumerGroups> groups() {
    return Optional.of(
        new ConsumerGroups() {
          @Override
          public List<ListedGroup> all() {
            answer();
            Stamp none = new Stamp(0, Instant.EPOCH, Instant.EPOCH);
            return groups.values().stream().map(one -> new ListedGroup(one, none)).toList();
          }

          @Override
          public Optional<ListedGroup> listed(String id) {
            return all().stream().filter(one -> one.group().id().equals(id)).findFirst();
          }

          @Override
          public boolean put(ConsumerGroup group, Expected expected) {
            throw new UnsupportedOperationException("written by the test");
          }

          @Override
          public boolean remove(String id, Expected expected, boolean evenIfUsed) {
            throw new UnsupportedOperationException("written by the test");
          }
        });
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
    for (Changes one : log.subList((int) position.revision(), log.size())) {
      consumers.addAll(one.consumers());
      credentials.addAll(one.credentials());
    }
    return new Changes(now, false, consumers, credentials);
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

  /** The uses that were written, in their order. */
  public List<CredentialUse> uses() {
    return uses;
  }

  @Override
  public List<CredentialUse> used(List<CredentialUse> some) {
    if (hangingUses) {
      releasedUses.acquireUninterruptibly();
    }
    answer();
    List<CredentialUse> skipped = some.stream().filter(locked::contains).toList();
    uses.addAll(some.stream().filter(use -> !skipped.contains(use)).toList());
    return skipped;
  }

  /** Writes of uses wait until they are released. */
  public void hangUses(boolean on) {
    hangingUses = on;
    if (!on) {
      releasedUses.release(1_000_000);
    }
  }

  /** Another writer has locked these. */
  public Set<CredentialUse> locked() {
    return locked;
  }

  /** How often the feed was asked. */
  public int looks() {
    return looks.get();
  }

  /** As many pages as this fail. */
  public void failPages(int count) {
    failingPages.set(count);
  }

  private void answer() {
    if (hanging) {
      released.acquireUninterruptibly();
    }
    if (failing) {
      throw new StoreException("told to fail", new IllegalStateException());
    }
  }

  @Override
  public synchronized boolean put(Consumer consumer) {
    answer();
    boolean created = store.put(consumer);
    changed(Set.of(consumer.username()), Set.of());
    return created;
  }

  @Override
  public synchronized boolean put(String username, CredentialEntry entry) {
    answer();
    boolean created = store.put(username, entry);
    changed(Set.of(), placed(username, entry));
    return created;
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
  public synchronized boolean remove(String username) {
    answer();
    boolean removed = store.remove(username);
    Map<String, Place> gone = places.remove(username);
    changed(Set.of(username), gone == null ? Set.of() : Set.copyOf(gone.values()));
    return removed;
  }

  @Override
  public synchronized boolean remove(String username, String credentialId) {
    answer();
    boolean removed = store.remove(username, credentialId);
    Place gone = places.getOrDefault(username, new HashMap<>()).remove(credentialId);
    changed(Set.of(), gone == null ? Set.of() : Set.of(gone));
    return removed;
  }

  private void changed(Set<String> consumers, Set<Place> credentials) {
    log.add(new Changes(new Position(log.size() + 1, ""), false, consumers, credentials));
  }
}
