package dev.gatehouse.internal.jpa.write;

import dev.gatehouse.Consumer;
import dev.gatehouse.Credential;
import dev.gatehouse.internal.jpa.row.ChangeLog;
import dev.gatehouse.internal.jpa.row.ConsumerRow;
import dev.gatehouse.internal.jpa.row.CredentialRow;
import dev.gatehouse.internal.jpa.row.Places;
import dev.gatehouse.internal.jpa.row.StoredTime;
import dev.gatehouse.settings.PluginSettings;
import dev.gatehouse.spi.store.ConflictException;
import dev.gatehouse.spi.store.ConsumerEntry;
import dev.gatehouse.spi.store.CredentialEntry;
import dev.gatehouse.spi.store.LookupKey;
import dev.gatehouse.spi.store.StoredCredential;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes of one Consumer or Credential in a transaction.
 *
 * <p>Every write first locks the Consumer's row, which serializes the writes of a Consumer.
 *
 * @param attributeOf the unique setting of a plugin, for the message of a refusal
 * @param clock the clock of the times of creation and change
 */
public record ConsumerRows(UnaryOperator<String> attributeOf, InstantSource clock) {

  public boolean put(WriteTransaction write, Consumer consumer) {
    EntityManager em = write.em();
    ConsumerRow row = locked(em, consumer.username());
    write.precondition().check(Optional.ofNullable(row).map(ConsumerRow::tag));
    write.changed().consumer(consumer.username());
    boolean created = row == null;
    if (row == null) {
      row = new ConsumerRow(consumer.username(), now());
    }
    row.take(consumer, now());
    if (created) {
      em.persist(row);
    }
    return created;
  }

  /** Writes a Consumer and replaces its inline Credentials. Other Credentials stay. */
  public boolean put(WriteTransaction write, ConsumerEntry entry) {
    boolean created = put(write, entry.consumer());
    String username = entry.consumer().username();
    Set<String> given = new HashSet<>();
    entry.credentials().forEach(one -> given.add(one.credential().id()));
    if (!created) {
      for (CredentialRow row : lockedOf(write.em(), username)) {
        if (row.isInline() && !given.contains(row.credentialId())) {
          row.addTo(write.changed());
          write.em().remove(row);
        }
      }
      write.em().flush();
    }
    entry.credentials().forEach(one -> put(write.inside(), username, one));
    return created;
  }

  public boolean put(WriteTransaction write, String username, CredentialEntry entry) {
    EntityManager em = write.em();
    ChangeLog changed = write.changed();
    ConsumerRow owner = locked(em, username);
    if (owner == null) {
      throw ConflictException.noConsumer(username);
    }
    Credential credential = entry.credential();
    refuseTakenLookup(em, username, entry);
    CredentialRow row = null;
    for (CredentialRow near : withIdOrName(em, owner, credential)) {
      if (near.credentialId().equals(credential.id())) {
        row = near;
      } else {
        throw ConflictException.duplicateName(credential.name(), near.credentialId(), username);
      }
    }
    write.precondition().check(Optional.ofNullable(row).map(CredentialRow::tag));
    boolean created = row == null;
    if (row == null) {
      row = new CredentialRow(owner, credential.id(), CredentialRow.History.startingAt(now()));
    } else {
      row.addTo(changed);
    }
    row.take(entry, now());
    row.addTo(changed);
    if (created) {
      em.persist(row);
    }
    return created;
  }

  /** Returns the row of a Credential, or null if it was removed or changed. */
  @Nullable
  public CredentialRow held(EntityManager em, StoredCredential was) {
    ConsumerRow owner = locked(em, was.consumer().username());
    if (owner == null) {
      return null;
    }
    List<CredentialRow> found =
        em.createQuery(
                "select c from GatehouseCredential c where c.consumer = :owner"
                    + " and c.credentialId = :id and c.plugin = :plugin",
                CredentialRow.class)
            .setParameter("owner", owner)
            .setParameter("id", was.credential().id())
            .setParameter("plugin", was.credential().plugin())
            .getResultList();
    return found.isEmpty() ? null : found.get(0);
  }

  /** Replaces the settings of a row. */
  public void renew(CredentialRow row, PluginSettings settings) {
    row.renew(settings, now());
  }

  /** Replaces the lookup key of a row. */
  public void move(CredentialRow row, LookupKey to) {
    row.move(to, now());
  }

  public boolean remove(WriteTransaction write, String username) {
    EntityManager em = write.em();
    ConsumerRow row = locked(em, username);
    write.precondition().check(Optional.ofNullable(row).map(ConsumerRow::tag));
    if (row == null) {
      return false;
    }
    write.changed().consumer(username);
    Places.locked(em, List.of(row)).forEach(place -> place.report(write.changed()));
    em.createQuery("delete from GatehouseCredential c where c.consumer = :owner")
        .setParameter("owner", row)
        .executeUpdate();
    em.remove(row);
    return true;
  }

  public boolean remove(WriteTransaction write, String username, String credentialId) {
    EntityManager em = write.em();
    ConsumerRow owner = locked(em, username);
    if (owner == null) {
      write.precondition().check(Optional.empty());
      return false;
    }
    List<CredentialRow> found =
        em.createQuery(
                "select c from GatehouseCredential c"
                    + " where c.consumer = :owner and c.credentialId = :id",
                CredentialRow.class)
            .setParameter("owner", owner)
            .setParameter("id", credentialId)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getResultList();
    write.precondition().check(found.stream().findFirst().map(CredentialRow::tag));
    for (CredentialRow row : found) {
      row.addTo(write.changed());
      em.remove(row);
    }
    return !found.isEmpty();
  }

  /** Returns the rows of a Consumer's Credentials in the order of their ids. */
  public static List<CredentialRow> ofConsumer(EntityManager em, String username) {
    return em.createQuery(
            "select c from GatehouseCredential c join fetch c.consumer o"
                + " where o.username = :username order by c.credentialId",
            CredentialRow.class)
        .setParameter("username", username)
        .getResultList();
  }

  private long now() {
    return StoredTime.micros(clock.instant());
  }

  private void refuseTakenLookup(EntityManager em, String username, CredentialEntry entry) {
    Credential credential = entry.credential();
    List<CredentialRow> holders =
        em.createQuery(
                "select c from GatehouseCredential c join fetch c.consumer"
                    + " where c.plugin = :plugin and c.lookup in :lookups",
                CredentialRow.class)
            .setParameter("plugin", credential.plugin())
            .setParameter("lookups", places(entry))
            .getResultList();
    for (CredentialRow holder : holders) {
      if (!holder.owner().equals(username) || !holder.credentialId().equals(credential.id())) {
        throw ConflictException.duplicate(
            attributeOf.apply(credential.plugin()),
            credential.plugin(),
            holder.credentialId(),
            holder.owner());
      }
    }
  }

  /** Returns the lookup keys under which the value of an entry may be stored. */
  static List<byte[]> places(CredentialEntry entry) {
    List<byte[]> places = new ArrayList<>(List.of(entry.lookup().bytes()));
    entry.previous().forEach(before -> places.add(before.bytes()));
    return places;
  }

  private static @Nullable ConsumerRow locked(EntityManager em, String username) {
    List<ConsumerRow> found =
        em.createQuery(
                "select o from GatehouseConsumer o where o.username = :username", ConsumerRow.class)
            .setParameter("username", username)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getResultList();
    return found.isEmpty() ? null : found.get(0);
  }

  /** Locks the rows, because a plain read in a caller's transaction may see an old snapshot. */
  private static List<CredentialRow> lockedOf(EntityManager em, String username) {
    return em.createQuery(
            "select c from GatehouseCredential c where c.consumer.username = :username",
            CredentialRow.class)
        .setParameter("username", username)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  private static List<CredentialRow> withIdOrName(
      EntityManager em, ConsumerRow owner, Credential credential) {
    return em.createQuery(
            "select c from GatehouseCredential c"
                + " where c.consumer = :owner and (c.credentialId = :id or c.name = :name)",
            CredentialRow.class)
        .setParameter("owner", owner)
        .setParameter("id", credential.id())
        .setParameter("name", credential.name())
        .getResultList();
  }
}
