package dev.gatehouse.internal.store.cache;

import dev.gatehouse.Consumer;
import dev.gatehouse.settings.PluginSet;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.ManagedStore;
import dev.gatehouse.spi.store.StoredCredential;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A slow store behind bounded memory.
 *
 * <p>A write through this object is seen by every later read of this object at once. A change that
 * was made elsewhere is seen when the entry is older than the greatest age. A store that cannot
 * answer is asked again by the next request.
 */
public final class CachedStore implements ManagedStore {
  private final ManagedStore store;
  private final ReadThroughCache<Slot, StoredCredential> credentials;
  private final ReadThroughCache<String, Consumer> consumers;

  /** The place of a Credential: digests are unique within a plugin only. */
  private record Slot(String plugin, LookupKey lookup) {
    static Slot of(CredentialEntry entry) {
      return new Slot(entry.credential().plugin(), entry.lookup());
    }
  }

  public CachedStore(ManagedStore store, long maxEntries, Duration maxAge, InstantSource ticker) {
    this.store = store;
    this.credentials =
        new ReadThroughCache<>(
            slot -> store.credential(slot.plugin(), slot.lookup()), maxEntries, maxAge, ticker);
    this.consumers = new ReadThroughCache<>(store::consumer, maxEntries, maxAge, ticker);
  }

  @Override
  public @Nullable StoredCredential credential(String plugin, LookupKey lookup) {
    return credentials.get(new Slot(plugin, lookup));
  }

  @Override
  public @Nullable Consumer consumer(String username) {
    return consumers.get(username);
  }

  /** Stores without a feed that keep groups do not exist, so theirs are not kept in memory. */
  @Override
  public @Nullable PluginSet group(String id) {
    return store.group(id);
  }

  @Override
  public boolean put(Consumer consumer) {
    return written(Set.of(consumer.username()), List.of(), () -> store.put(consumer));
  }

  @Override
  public boolean put(String username, CredentialEntry entry) {
    return written(Set.of(username), List.of(Slot.of(entry)), () -> store.put(username, entry));
  }

  @Override
  public boolean renew(StoredCredential was, PluginSettings settings) {
    return written(Set.of(was.consumer().username()), List.of(), () -> store.renew(was, settings));
  }

  @Override
  public boolean move(StoredCredential was, LookupKey from, LookupKey to) {
    String plugin = was.credential().plugin();
    return written(
        Set.of(was.consumer().username()),
        List.of(new Slot(plugin, from), new Slot(plugin, to)),
        () -> store.move(was, from, to));
  }

  @Override
  public void putAll(List<ConsumerEntry> entries) {
    Set<String> usernames = new HashSet<>();
    entries.forEach(entry -> usernames.add(entry.consumer().username()));
    List<Slot> slots =
        entries.stream().flatMap(entry -> entry.credentials().stream()).map(Slot::of).toList();
    written(
        usernames,
        slots,
        () -> {
          store.putAll(entries);
          return true;
        });
  }

  @Override
  public boolean remove(String username) {
    return written(Set.of(username), List.of(), () -> store.remove(username));
  }

  @Override
  public boolean remove(String username, String credentialId) {
    return written(Set.of(username), List.of(), () -> store.remove(username, credentialId));
  }

  @Override
  public void close() {
    store.close();
  }

  /** Forgets also when the write failed, because nobody knows then whether it was done. */
  private boolean written(Set<String> usernames, List<Slot> slots, Supplier<Boolean> write) {
    try {
      return write.get();
    } finally {
      consumers.forget(usernames);
      credentials.forget(slots);
      credentials.forgetIf(stored -> usernames.contains(stored.consumer().username()));
    }
  }

  @Override
  public String toString() {
    return "cached(" + store + ")";
  }
}
