package dev.gatehouse.internal.store;

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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A repository in memory.
 *
 * <p>Reads take no lock. Writes are serialized; each checks everything before it changes anything.
 * During a write a reader sees each record either before or after the change.
 */
public final class MemoryStore implements ConsumerRepository {
  private final Function<String, String> attributeOf;
  private final ConsumerRecords consumers;
  private final Map<String, ListedGroup> groups = new ConcurrentHashMap<>();
  private final Object writes = new Object();

  /** The version of the last write; guarded by {@code writes}. */
  private long version;

  public MemoryStore(Function<String, String> attributeOf) {
    this.attributeOf = attributeOf;
    this.consumers = new ConsumerRecords(attributeOf);
  }

  @Override
  public @Nullable StoredCredential credential(String plugin, LookupKey lookup) {
    return consumers.credential(plugin, lookup);
  }

  @Override
  public @Nullable Consumer consumer(String username) {
    ConsumerRecord found = consumers.get(username);
    return found == null ? null : found.consumer();
  }

  @Override
  public @Nullable PluginSet group(String id) {
    ListedGroup found = groups.get(id);
    return found == null ? null : found.group().plugins();
  }

  @Override
  public boolean put(Consumer consumer, Precondition precondition) {
    synchronized (writes) {
      ConsumerRecord before = consumers.checked(consumer.username(), precondition);
      version++;
      consumers.replace(
          before,
          before == null
              ? ConsumerRecord.of(new ConsumerEntry(consumer, List.of()), version)
              : before.ownedBy(consumer, version));
      return before == null;
    }
  }

  @Override
  public boolean put(ConsumerEntry entry, Precondition precondition) {
    synchronized (writes) {
      ConsumerRecord before = consumers.checked(entry.consumer().username(), precondition);
      UniquenessCheck.checkIdsAndNames(entry.consumer().username(), entry.credentials());
      version++;
      ConsumerRecord owner =
          before == null
              ? ConsumerRecord.of(new ConsumerEntry(entry.consumer(), List.of()), version)
              : before.withoutInline().ownedBy(entry.consumer(), version);
      putChecked(before, owner, entry.credentials());
      return before == null;
    }
  }

  /** Adds Credentials to a Consumer. */
  private void putChecked(
      @Nullable ConsumerRecord before, ConsumerRecord owner, List<CredentialEntry> entries) {
    ConsumerRecord after = owner.with(entries, version);
    entries.forEach(one -> consumers.refuseTaken(owner.consumer().username(), one, Set.of()));
    UniquenessCheck.checkIdsAndNames(owner.consumer().username(), after.entry().credentials());
    consumers.replace(before, after);
  }

  @Override
  public boolean put(String username, CredentialEntry entry, Precondition precondition) {
    synchronized (writes) {
      ConsumerRecord owner = consumers.owner(username);
      consumers.refuseTaken(username, entry, Set.of());
      Optional<String> tag = owner.tag(entry.credential().id());
      precondition.check(tag);
      version++;
      putChecked(owner, owner, List.of(entry));
      return tag.isEmpty();
    }
  }

  @Override
  public void rotate(
      String username,
      CredentialEntry successor,
      CredentialEntry ending,
      Precondition precondition) {
    synchronized (writes) {
      ConsumerRecord owner = consumers.owner(username);
      precondition.check(owner.tag(ending.credential().id()));
      Precondition.absent().check(owner.tag(successor.credential().id()));
      UniquenessCheck check = new UniquenessCheck(attributeOf);
      check.addLookup(username, ending);
      check.addLookup(username, successor);
      version++;
      putChecked(owner, owner, List.of(ending, successor));
    }
  }

  @Override
  public boolean renew(StoredCredential was, PluginSettings settings) {
    synchronized (writes) {
      ConsumerRecord before = consumers.get(was.consumer().username());
      StoredEntry held = before == null ? null : before.credentials().get(was.credential().id());
      if (before == null
          || held == null
          || !held.plugin().equals(was.credential().plugin())
          || !held.stored().settings().equals(was.settings())) {
        return false;
      }
      version++;
      CredentialEntry renewed =
          new CredentialEntry(held.stored().credential(), held.lookup(), settings);
      consumers.replace(before, before.with(List.of(renewed), version));
      return true;
    }
  }

  @Override
  public void putAll(List<ConsumerEntry> entries) {
    synchronized (writes) {
      new UniquenessCheck(attributeOf).addAll(entries);
      Map<String, ConsumerRecord> after = new LinkedHashMap<>();
      version++;
      entries.forEach(one -> after.put(one.consumer().username(), ConsumerRecord.of(one, version)));
      for (ConsumerEntry entry : entries) {
        entry
            .credentials()
            .forEach(
                one -> consumers.refuseTaken(entry.consumer().username(), one, after.keySet()));
      }
      after.forEach((username, one) -> consumers.replace(consumers.get(username), one));
    }
  }

  @Override
  public boolean remove(String username, Precondition precondition) {
    synchronized (writes) {
      ConsumerRecord before = consumers.checked(username, precondition);
      if (before == null) {
        return false;
      }
      consumers.remove(before);
      return true;
    }
  }

  @Override
  public boolean remove(String username, String credentialId, Precondition precondition) {
    synchronized (writes) {
      ConsumerRecord before = consumers.get(username);
      Optional<String> tag = before == null ? Optional.empty() : before.tag(credentialId);
      precondition.check(tag);
      if (before == null || tag.isEmpty()) {
        return false;
      }
      consumers.replace(before, before.without(credentialId));
      return true;
    }
  }

  @Override
  public Optional<ListedConsumer> findConsumer(String username) {
    return Optional.ofNullable(consumers.get(username)).map(ConsumerRecord::listed);
  }

  @Override
  public Listing listConsumers(Search search, long skip, int limit) {
    return consumers.list(search, skip, limit);
  }

  @Override
  public Page readPage(Optional<String> after, int limit) {
    return consumers.page(after, limit);
  }

  @Override
  public List<ListedCredential> listCredentials(String username) {
    return consumers.credentials(username);
  }

  @Override
  public boolean put(ConsumerGroup group, Precondition precondition) {
    synchronized (writes) {
      precondition.check(findGroup(group.id()).map(found -> found.stamp().tag()));
      version++;
      ListedGroup after = new ListedGroup(group, ConsumerRecord.stamp(version));
      return groups.put(group.id(), after) == null;
    }
  }

  @Override
  public boolean removeGroup(String id, Precondition precondition, boolean evenIfUsed) {
    synchronized (writes) {
      Optional<ListedGroup> found = findGroup(id);
      precondition.check(found.map(one -> one.stamp().tag()));
      if (found.isPresent() && !evenIfUsed) {
        consumers.refuseUsed(id);
      }
      return groups.remove(id) != null;
    }
  }

  @Override
  public Optional<ListedGroup> findGroup(String id) {
    return Optional.ofNullable(groups.get(id));
  }

  @Override
  public List<ListedGroup> listGroups() {
    return groups.values().stream().sorted(Comparator.comparing(one -> one.group().id())).toList();
  }

  @Override
  public boolean isPersistent() {
    return false;
  }

  @Override
  public String toString() {
    return "memory(" + consumers.size() + " consumers)";
  }
}
