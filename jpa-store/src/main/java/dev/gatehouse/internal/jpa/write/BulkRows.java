package dev.gatehouse.internal.jpa.write;

import dev.gatehouse.internal.jpa.row.ChangeLog;
import dev.gatehouse.internal.jpa.row.ConsumerRow;
import dev.gatehouse.internal.jpa.row.CredentialRow;
import dev.gatehouse.internal.jpa.row.Places;
import dev.gatehouse.internal.jpa.row.StoredTime;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.CredentialEntry;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.LockModeType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes of many Consumers in one transaction.
 *
 * <p>All Credentials of these Consumers are deleted and inserted again, because a key may move from
 * one to another. Rows are locked in the order of usernames, which avoids deadlocks.
 */
public record BulkRows(UnaryOperator<String> attributeOf, InstantSource clock) {
  /** Maximum number of values in a statement. */
  private static final int PORTION = 500;

  private record Key(String username, String credentialId) {}

  /** Writes entries without duplicates. */
  public void putAll(WriteTransaction write, List<ConsumerEntry> entries) {
    EntityManager em = write.em();
    ChangeLog changed = write.changed();
    em.setFlushMode(FlushModeType.COMMIT);
    List<ConsumerEntry> ordered = new ArrayList<>(entries);
    ordered.sort(Comparator.comparing(entry -> entry.consumer().username()));
    Map<String, ConsumerRow> owners = new HashMap<>();
    Map<Key, CredentialRow.History> histories = new HashMap<>();
    for (List<ConsumerEntry> portion : portions(ordered)) {
      Map<String, ConsumerRow> there = locked(em, portion);
      owners.putAll(there);
      histories.putAll(cleared(em, there.values(), changed));
    }
    long now = StoredTime.micros(clock.instant());
    for (List<ConsumerEntry> portion : portions(ordered)) {
      refuseTaken(em, portion);
      for (ConsumerEntry entry : portion) {
        ConsumerRow owner = written(em, entry, owners.get(entry.consumer().username()), now);
        changed.consumer(owner.username());
        for (CredentialEntry one : entry.credentials()) {
          String id = one.credential().id();
          CredentialRow.History history =
              histories.getOrDefault(
                  new Key(owner.username(), id), CredentialRow.History.startingAt(now));
          CredentialRow row = new CredentialRow(owner, id, history);
          row.take(one, now);
          row.addTo(changed);
          em.persist(row);
        }
      }
    }
  }

  private static ConsumerRow written(
      EntityManager em, ConsumerEntry entry, @Nullable ConsumerRow there, long now) {
    ConsumerRow row = there == null ? new ConsumerRow(entry.consumer().username(), now) : there;
    row.take(entry.consumer(), now);
    if (there == null) {
      em.persist(row);
    }
    return row;
  }

  private static Map<String, ConsumerRow> locked(EntityManager em, List<ConsumerEntry> portion) {
    Map<String, ConsumerRow> found = new HashMap<>();
    em.createQuery(
            "select o from GatehouseConsumer o where o.username in :names order by o.username",
            ConsumerRow.class)
        .setParameter("names", portion.stream().map(e -> e.consumer().username()).toList())
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList()
        .forEach(row -> found.put(row.username(), row));
    return found;
  }

  /** Deletes the Credentials of locked Consumers. Returns the values that survive. */
  private static Map<Key, CredentialRow.History> cleared(
      EntityManager em, Collection<ConsumerRow> owners, ChangeLog changed) {
    Map<Key, CredentialRow.History> histories = new HashMap<>();
    if (owners.isEmpty()) {
      return histories;
    }
    Map<Long, String> names = new HashMap<>();
    owners.forEach(owner -> names.put(owner.id(), owner.username()));
    for (Places.Found found : Places.locked(em, owners)) {
      found.report(changed);
      String username = names.getOrDefault(found.owner(), "");
      histories.put(new Key(username, found.credentialId()), found.history());
    }
    em.createQuery("delete from GatehouseCredential c where c.consumer in :owners")
        .setParameter("owners", owners)
        .executeUpdate();
    return histories;
  }

  private void refuseTaken(EntityManager em, List<ConsumerEntry> portion) {
    Map<String, List<byte[]>> lookups = new HashMap<>();
    for (ConsumerEntry entry : portion) {
      for (CredentialEntry one : entry.credentials()) {
        lookups
            .computeIfAbsent(one.credential().plugin(), plugin -> new ArrayList<>())
            .addAll(ConsumerRows.places(one));
      }
    }
    lookups.forEach(
        (plugin, wanted) -> portions(wanted).forEach(some -> refuseTaken(em, plugin, some)));
  }

  private void refuseTaken(EntityManager em, String plugin, List<byte[]> wanted) {
    em.createQuery(
            "select c from GatehouseCredential c join fetch c.consumer"
                + " where c.plugin = :plugin and c.lookup in :lookups",
            CredentialRow.class)
        .setParameter("plugin", plugin)
        .setParameter("lookups", wanted)
        .setMaxResults(1)
        .getResultList()
        .forEach(
            holder -> {
              throw ConflictException.duplicate(
                  attributeOf.apply(plugin), plugin, holder.credentialId(), holder.owner());
            });
  }

  private static <T> List<List<T>> portions(List<T> all) {
    List<List<T>> portions = new ArrayList<>();
    for (int from = 0; from < all.size(); from += PORTION) {
      portions.add(all.subList(from, Math.min(all.size(), from + PORTION)));
    }
    return portions;
  }
}
