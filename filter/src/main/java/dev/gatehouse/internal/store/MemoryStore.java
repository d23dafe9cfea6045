package dev.gatehouse.internal.store;

import dev.gatehouse.Consumer;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerDirectory;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.ManagedStore;
import dev.gatehouse.spi.store.StoredCredential;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory.
 *
 * <p>Readers take no lock. Writers are serialised; each checks everything before it changes
 * anything. While a write is under way a reader sees each record either as it was or as it will be.
 */
public final class MemoryStore implements ManagedStore {
  private final Function<String, String> attributeOf;
  private final Map<String, Map<LookupKey, StoredCredential>> credentials =
      new ConcurrentHashMap<>();
  private final Map<String, ConsumerRecord> owners = new ConcurrentHashMap<>();
  private final Object writes = new Object();

  public MemoryStore(Function<String, String> attributeOf) {
    this.attributeOf = attributeOf;
  }

  @Override
  public @Nullable StoredCredential credential(String plugin, LookupKey lookup) {
    Map<LookupKey, StoredCredential> known = credentials.get(plugin);
    return known == null ? null : known.get(lookup);
  }

  @Override
  public @Nullable Consumer consumer(String username) {
    ConsumerRecord owned = owners.get(username);
    return owned == null ? null : owned.consumer();
  }

  @Override
  public Optional<ConsumerDirectory> directory() {
    return Optional.of(new MemoryDirectory(this::entries));
  }

  private List<ConsumerEntry> entries() {
    return owners.values().stream().map(ConsumerRecord::entry).toList();
  }

  @Override
  public boolean put(Consumer consumer) {
    synchronized (writes) {
      ConsumerRecord before = owners.get(consumer.username());
      Map<String, ConsumerRecord.Held> kept =
          before == null ? ConsumerRecord.NONE : before.credentials();
      Map<String, ConsumerRecord.Held> after = new LinkedHashMap<>();
      kept.forEach((id, held) -> after.put(id, held.ownedBy(consumer)));
      replace(before, new ConsumerRecord(consumer, after));
      return before == null;
    }
  }

  @Override
  public boolean put(String username, CredentialEntry entry) {
    synchronized (writes) {
      ConsumerRecord before = owners.get(username);
      if (before == null) {
        throw new ConflictException("consumer not found: " + username);
      }
      ConsumerRecord.Held held = ConsumerRecord.Held.of(before.consumer(), entry);
      refuseTaken(held, Set.of());
      Map<String, ConsumerRecord.Held> after = new LinkedHashMap<>(before.credentials());
      boolean created = after.put(held.id(), held) == null;
      replace(before, new ConsumerRecord(before.consumer(), after));
      return created;
    }
  }

  @Override
  public boolean renew(StoredCredential was, PluginSettings settings) {
    synchronized (writes) {
      ConsumerRecord before = owners.get(was.consumer().username());
      ConsumerRecord.Held held =
          before == null ? null : before.credentials().get(was.credential().id());
      if (before == null
          || held == null
          || !held.stored().credential().plugin().equals(was.credential().plugin())
          || !held.stored().settings().equals(was.settings())) {
        return false;
      }
      StoredCredential renewed =
          new StoredCredential(held.stored().credential(), before.consumer(), settings);
      Map<String, ConsumerRecord.Held> after = new LinkedHashMap<>(before.credentials());
      after.put(held.id(), new ConsumerRecord.Held(held.lookup(), renewed));
      replace(before, new ConsumerRecord(before.consumer(), after));
      return true;
    }
  }

  @Override
  public void putAll(List<ConsumerEntry> entries) {
    synchronized (writes) {
      Map<String, ConsumerRecord> after = new LinkedHashMap<>();
      for (ConsumerEntry entry : entries) {
        ConsumerRecord owned = ConsumerRecord.of(entry);
        if (after.put(owned.consumer().username(), owned) != null) {
          throw new ConflictException("consumer given twice: " + owned.consumer().username());
        }
      }
      refuseClashes(after);
      after.forEach((username, owned) -> replace(owners.get(username), owned));
    }
  }

  @Override
  public boolean remove(String username) {
    synchronized (writes) {
      ConsumerRecord before = owners.remove(username);
      if (before == null) {
        return false;
      }
      before.credentials().values().forEach(held -> unlist(held, null));
      return true;
    }
  }

  @Override
  public boolean remove(String username, String credentialId) {
    synchronized (writes) {
      ConsumerRecord before = owners.get(username);
      if (before == null || !before.credentials().containsKey(credentialId)) {
        return false;
      }
      Map<String, ConsumerRecord.Held> after = new LinkedHashMap<>(before.credentials());
      after.remove(credentialId);
      replace(before, new ConsumerRecord(before.consumer(), after));
      return true;
    }
  }

  private void replace(@Nullable ConsumerRecord before, ConsumerRecord after) {
    owners.put(after.consumer().username(), after);
    after.credentials().values().forEach(this::list);
    if (before != null) {
      before.credentials().forEach((id, held) -> unlist(held, after.credentials().get(id)));
    }
  }

  private void list(ConsumerRecord.Held held) {
    credentials
        .computeIfAbsent(held.stored().credential().plugin(), p -> new ConcurrentHashMap<>())
        .put(held.lookup(), held.stored());
  }

  /**
   * Leaves the place alone when the record stays, and when another one, even an equal one, has
   * taken its place.
   */
  @SuppressWarnings("ReferenceEquality")
  private void unlist(ConsumerRecord.Held held, ConsumerRecord.@Nullable Held successor) {
    Map<LookupKey, StoredCredential> known = credentials.get(held.stored().credential().plugin());
    if (successor != held && known != null && known.get(held.lookup()) == held.stored()) {
      known.remove(held.lookup());
    }
  }

  private void refuseClashes(Map<String, ConsumerRecord> after) {
    Map<String, Map<LookupKey, StoredCredential>> seen = new HashMap<>();
    for (ConsumerRecord owned : after.values()) {
      for (ConsumerRecord.Held held : owned.credentials().values()) {
        refuseTaken(held, after.keySet());
        StoredCredential other =
            seen.computeIfAbsent(held.stored().credential().plugin(), p -> new HashMap<>())
                .put(held.lookup(), held.stored());
        if (other != null) {
          throw duplicate(other);
        }
      }
    }
  }

  /** Ignores Consumers whose Credentials are all about to be replaced. */
  private void refuseTaken(ConsumerRecord.Held held, Set<String> replaced) {
    StoredCredential taken = credential(held.stored().credential().plugin(), held.lookup());
    if (taken == null || replaced.contains(taken.consumer().username())) {
      return;
    }
    boolean itself =
        taken.credential().id().equals(held.id())
            && taken.consumer().username().equals(held.stored().consumer().username());
    if (!itself) {
      throw duplicate(taken);
    }
  }

  private ConflictException duplicate(StoredCredential other) {
    String plugin = other.credential().plugin();
    return ConflictException.duplicate(
        attributeOf.apply(plugin), plugin, other.credential().id(), other.consumer().username());
  }

  @Override
  public String toString() {
    return "memory(" + owners.size() + " consumers)";
  }
}
